import type { RenderTarget } from '@crier/connector';
import type { Button, Element } from '@crier/contracts';
import type { CardAction } from '@microsoft/agents-activity';
import type { Assumed } from '../limits.ts';

/** A piece of JSON for one person. */
export type Fragment = (target: RenderTarget) => string;

/** A button with its number in the whole content. */
export interface NumberedButton {
  readonly button: Button;
  readonly number: number;
}

/** What a pressed button says starts with this where the rest is a ref of Crier's. */
export const REF_PREFIX = 'c:';

const actionOf = (
  { button: { kind, label: title }, number }: NumberedButton,
  target: RenderTarget,
  press: Assumed['press'],
): CardAction => {
  if (kind !== 'message') return { type: 'openUrl', title, value: target.linkOf(number) };
  const said = REF_PREFIX + target.refOf(number);
  return press === 'postBack'
    ? { type: 'postBack', title, value: said }
    : { type: 'messageBack', title, text: said };
};

/** The actions of a card, as a JSON list. Nobody sees in the chat what a pressed one says. */
export const actionsFragment =
  (buttons: readonly NumberedButton[], press: Assumed['press']): Fragment =>
  (target) =>
    JSON.stringify(buttons.map((button) => actionOf(button, target, press)));

const numberedFrom = (buttons: readonly Button[], first: number): readonly NumberedButton[] =>
  buttons.map((button, index) => ({ button, number: first + index }));

/** The buttons of each element, numbered through the whole content; one list for each card of a gallery. */
export const numberedButtons = (
  elements: readonly Element[],
): readonly (readonly (readonly NumberedButton[])[])[] => {
  let next = 0;
  const taken = (buttons: readonly Button[] = []) => {
    next += buttons.length;
    return numberedFrom(buttons, next - buttons.length);
  };
  return elements.map((element) =>
    element.type === 'gallery'
      ? element.cards.map(({ buttons }) => taken(buttons))
      : [taken(element.buttons)],
  );
};
