import type { RenderTarget } from '@crier/connector';
import type { Button, Element } from '@crier/contracts';
import { MOST_LABEL_LENGTH } from '../limits.ts';
import { plainTemplate } from './texts.ts';

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
  const shown = plainTemplate(label, MOST_LABEL_LENGTH);
  const head = `{"kind":${JSON.stringify(kind)},"label":`;
  return kind === 'message'
    ? (target) =>
        `${head}${shown(target.variables)},"payload":${JSON.stringify(REF_PREFIX + target.refOf(number))}}`
    : (target) =>
        `${head}${shown(target.variables)},"url":${JSON.stringify(target.linkOf(number))}}`;
};

/** The field `buttons`, with a comma before it; nothing where there are none. */
export const buttonsField = (buttons: readonly NumberedButton[]): Fragment => {
  if (buttons.length === 0) return () => '';
  const fragments = buttons.map(buttonFragment);
  return (target) => `,"buttons":[${fragments.map((fragment) => fragment(target)).join(',')}]`;
};

/** The buttons of each element, numbered through the whole content; one list for each card of a gallery. */
export const numberedButtons = (
  elements: readonly Element[],
): readonly (readonly (readonly NumberedButton[])[])[] => {
  let next = 0;
  const numbered = (buttons: readonly Button[] = []): readonly NumberedButton[] =>
    buttons.map((button) => ({ button, number: next++ }));
  return elements.map((element) =>
    element.type === 'gallery'
      ? element.cards.map(({ buttons }) => numbered(buttons))
      : [numbered(element.buttons)],
  );
};
