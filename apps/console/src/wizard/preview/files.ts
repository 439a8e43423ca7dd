import type { MessageElement } from '../../api/types.ts';

/** A file that stands above the text of a part. */
export interface ShownFile {
  readonly url?: string;
  readonly media?: string;
}

interface Slot {
  readonly type: string;
  readonly file: ShownFile;
}

const slotsOf = (elements: readonly MessageElement[]): readonly Slot[] =>
  elements.flatMap((element): readonly Slot[] => {
    if (element.type === 'text') return [{ type: 'text', file: {} }];
    if (element.type !== 'gallery') return [{ type: element.type, file: element }];
    return element.cards.map((card) => ({ type: 'card', file: card }));
  });

/** The files of a preview's parts, which come in the order of the elements and do not name them. */
export const filesOf = (
  parts: readonly { readonly type: string }[],
  elements: readonly MessageElement[],
): readonly ShownFile[] => {
  const slots = slotsOf(elements);
  let next = 0;
  return parts.map(({ type }) => {
    const at = slots.findIndex((slot, index) => index >= next && slot.type === type);
    if (at < 0) return {};
    next = at + 1;
    return slots[at]?.file ?? {};
  });
};
