import type { RenderTarget } from '@crier/connector';
import type { Button, Element } from '@crier/contracts';
import type { MessagesKeyboardButtonActionCallback } from '@vkontakte/api-schema-typescript/dist/objects/messages/MessagesKeyboardButtonActionCallback.js';
import type { MessagesKeyboardButtonActionOpenLink } from '@vkontakte/api-schema-typescript/dist/objects/messages/MessagesKeyboardButtonActionOpenLink.js';
import { payloadOf } from '../payload.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../limits.ts';

/** A button with its number in the whole content. */
export interface NumberedButton {
  readonly button: Button;
  readonly number: number;
}

/** A button as VK takes it. */
export interface KeyboardButton {
  readonly action: MessagesKeyboardButtonActionCallback | MessagesKeyboardButtonActionOpenLink;
  /** Only buttons that call back have one. */
  readonly color?: 'primary';
}

/** A button for one person. */
export const keyboardButton = (
  { button: { kind, label }, number }: NumberedButton,
  target: RenderTarget,
): KeyboardButton =>
  kind === 'message'
    ? {
        action: { type: 'callback', label, payload: payloadOf(target.refOf(number)) },
        color: 'primary',
      }
    : { action: { type: 'open_link', label, link: target.linkOf(number) } };

/** The buttons of each element, numbered through the whole content. */
export const numberedButtons = (
  elements: readonly Element[],
): readonly (readonly NumberedButton[])[] => {
  let next = 0;
  const numbered = (buttons: readonly Button[] = []) =>
    buttons.map((button) => ({ button, number: next++ }));
  return elements.map((element) =>
    element.type === 'gallery'
      ? element.cards.flatMap(({ buttons }) => numbered(buttons))
      : numbered(element.buttons),
  );
};

type Row = readonly NumberedButton[];

const widthOf = (row: Row): number => row.reduce((sum, { button }) => sum + button.label.length, 0);

/** The place of the row that is narrowest together with the one below it. */
const narrowest = (rows: readonly Row[]): number => {
  let best = 0;
  let least = Infinity;
  for (const [index, row] of rows.slice(0, -1).entries()) {
    const below = rows[index + 1] ?? [];
    const width = widthOf(row) + widthOf(below);
    if (row.length + below.length > MOST_COLUMNS || width >= least) continue;
    best = index;
    least = width;
  }
  return best;
};

/** One button a row while there are rows; then those with the shortest labels share one. */
export const rowsOf = (buttons: readonly NumberedButton[]): readonly Row[] => {
  let rows: readonly Row[] = buttons.map((button) => [button]);
  while (rows.length > MOST_ROWS) {
    const at = narrowest(rows);
    const joined = [...(rows[at] ?? []), ...(rows[at + 1] ?? [])];
    rows = [...rows.slice(0, at), joined, ...rows.slice(at + 2)];
  }
  return rows;
};

/** The keyboard inside a message, as VK takes it: JSON in a text. */
export const keyboardFor = (
  buttons: readonly NumberedButton[],
): ((target: RenderTarget) => string) => {
  const rows = rowsOf(buttons);
  return (target) =>
    JSON.stringify({
      inline: true,
      buttons: rows.map((row) => row.map((button) => keyboardButton(button, target))),
    });
};
