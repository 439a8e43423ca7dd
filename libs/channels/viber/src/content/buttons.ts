import type { RenderTarget } from '@crier/connector';
import type { Button, Element } from '@crier/contracts';
import { CARD_COLUMNS } from '../limits.ts';
import { labelText } from './viber-text.ts';

/** A piece of JSON for one person. */
export type Fragment = (target: RenderTarget) => string;

/** A button with its number in the whole content. */
export interface NumberedButton {
  readonly button: Button;
  readonly number: number;
}

/** What `ActionBody` starts with where the rest is a ref of Crier's. */
export const REF_PREFIX = 'c:';

/** The JSON object of a button, one row high and as wide as the screen; pressing it leaves nothing in the chat. */
export const buttonFragment = ({ button, number }: NumberedButton): Fragment => {
  const { kind, label } = button;
  const look = JSON.stringify({
    Columns: CARD_COLUMNS,
    Rows: 1,
    Text: labelText(label),
    Silent: true,
    ActionType: kind === 'message' ? 'reply' : 'open-url',
  });
  const head = `${look.slice(0, -1)},"ActionBody":`;
  return kind === 'message'
    ? (target) => `${head}${JSON.stringify(REF_PREFIX + target.refOf(number))}}`
    : (target) => `${head}${JSON.stringify(target.linkOf(number))}}`;
};

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

/** The field of a request that puts a keyboard under the chat, with the comma before it; nothing where there are no buttons. */
export const keyboardFragment = (buttons: readonly NumberedButton[]): Fragment => {
  if (buttons.length === 0) return () => '';
  const fragments = buttons.map(buttonFragment);
  return (target) => {
    const rows = fragments.map((fragment) => fragment(target)).join(',');
    return `,"keyboard":{"Type":"keyboard","DefaultHeight":false,"Buttons":[${rows}]}`;
  };
};
