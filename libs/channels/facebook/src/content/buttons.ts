import type { RenderTarget } from '@crier/connector';
import type { Button, Element } from '@crier/contracts';

/** A piece of JSON for one person. */
export type Fragment = (target: RenderTarget) => string;

/** A button with its number in the whole content. */
export interface NumberedButton {
  readonly button: Button;
  readonly number: number;
}

/** What a payload starts with where the rest is a ref of Crier's. */
export const REF_PREFIX = 'c:';

const buttonFragment = ({ button: { kind, label }, number }: NumberedButton): Fragment => {
  const head = (type: string, field: string): string =>
    `${JSON.stringify({ type, title: label }).slice(0, -1)},"${field}":`;
  if (kind === 'message') {
    const postback = head('postback', 'payload');
    return (target) => `${postback}${JSON.stringify(REF_PREFIX + target.refOf(number))}}`;
  }
  const link = head('web_url', 'url');
  return (target) => `${link}${JSON.stringify(target.linkOf(number))}}`;
};

/** The field of a template that holds its buttons, with the comma before it; nothing where there are none. */
export const buttonsFragment = (buttons: readonly NumberedButton[]): Fragment => {
  if (buttons.length === 0) return () => '';
  const fragments = buttons.map(buttonFragment);
  return (target) => `,"buttons":[${fragments.map((fragment) => fragment(target)).join(',')}]`;
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
