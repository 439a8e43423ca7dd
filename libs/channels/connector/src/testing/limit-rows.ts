import type { Element, GalleryCard } from '@crier/contracts';
import { press, times } from './bad-content.ts';
import type { LimitRow } from './connector-facts.ts';

const one = (element: unknown): readonly Element[] => [element as Element];

const long = (count: number, from = ''): string => from.padEnd(count, 'x');

/** So many characters of a text. */
export const text = (most: number): LimitRow => ({
  title: 'characters of a text',
  most,
  content: (count) => one({ type: 'text', text: long(count) }),
  problem: ['elements[0].text', 'text_too_long'],
  announced: ({ textLength }) => textLength,
});

/** The same, in characters that take three bytes each. */
export const wideText = (most: number): LimitRow => ({
  ...text(most),
  title: 'wide characters of a text',
  content: (count) => one({ type: 'text', text: '界'.repeat(count) }),
});

/** So many elements. */
export const elements = (most: number): LimitRow => ({
  title: 'elements',
  most,
  content: (count) => times(count, { type: 'text', text: 'x' }),
  problem: ['elements', 'too_many_elements'],
});

/** So many characters under a file. */
export const caption = (most: number, file: object): LimitRow => ({
  title: 'characters of a caption',
  most,
  content: (count) => one({ ...file, caption: long(count) }),
  problem: ['elements[0].caption', 'caption_too_long'],
  announced: ({ captionLength }) => captionLength,
});

/** So many characters on a button. */
export const label = (most: number): LimitRow => ({
  title: 'characters of a label',
  most,
  content: (count) => one({ type: 'text', text: 'x', buttons: [press(long(count))] }),
  problem: ['elements[0].buttons[0].label', 'label_too_long'],
  announced: ({ labelLength }) => labelLength,
});

/** So many buttons under a text. */
export const buttons = (most: number): LimitRow => ({
  title: 'buttons under a text',
  most,
  content: (count) => one({ type: 'text', text: 'x', buttons: times(count, press('a')) }),
  problem: ['elements[0].buttons', 'too_many_buttons'],
  announced: ({ buttonsPerMessage }) => buttonsPerMessage,
});

/** So many characters of a link in a text. */
export const link = (most: number): LimitRow => ({
  title: 'characters of a link',
  most,
  content: (count) => one({ type: 'text', text: `[a](${long(count, 'https://a.b/')})` }),
  problem: ['elements[0].text', 'link_invalid'],
});

/** So many characters of the address that a button opens. */
export const buttonUrl = (most: number): LimitRow => ({
  title: 'characters of the address of a button',
  most,
  content: (count) =>
    one({
      type: 'text',
      text: 'x',
      buttons: [{ kind: 'link', label: 'a', url: long(count, 'https://a.b/') }],
    }),
  problem: ['elements[0].buttons[0].url', 'url_invalid'],
});

/** So many cards in a gallery, all like this one. */
export const cards = (most: number, card: GalleryCard): LimitRow => ({
  title: 'cards of a gallery',
  most,
  content: (count) => one({ type: 'gallery', cards: times(count, card) }),
  problem: ['elements[0].cards', 'gallery_size'],
  announced: ({ galleryCards }) => galleryCards.most,
});

/** So many characters or buttons of a card, the last of `beside`. */
export const ofCard = (
  field: 'title' | 'text' | 'buttons',
  most: number,
  {
    card,
    beside = [],
    code,
  }: {
    readonly card: GalleryCard;
    readonly beside?: readonly GalleryCard[];
    readonly code: string;
  },
): LimitRow => ({
  title: field === 'buttons' ? 'buttons of a card' : `characters of the ${field} of a card`,
  most,
  content: (count) =>
    one({
      type: 'gallery',
      cards: [
        ...beside,
        { ...card, [field]: field === 'buttons' ? times(count, press('a')) : long(count) },
      ],
    }),
  problem: [`elements[0].cards[${beside.length}].${field}`, code],
});
