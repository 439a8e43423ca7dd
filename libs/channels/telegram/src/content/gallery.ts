import {
  isBlank,
  joinRichTexts,
  parsePlainText,
  parseRichText,
  type RichText,
} from '@crier/connector';
import type { Button, GalleryCard } from '@crier/contracts';

/** Stands over the buttons of a gallery whose cards have no titles. */
const POINTER = '👇';

const hasButtons = ({ buttons }: GalleryCard): boolean => (buttons?.length ?? 0) > 0;

/** The title in bold, the text below it. */
export const cardCaption = ({ title, text }: GalleryCard): RichText => {
  const texts: RichText[] = [];
  if (title) texts.push(parsePlainText(title, 'bold'));
  if (text) texts.push(parseRichText(text));
  return joinRichTexts(texts, '\n');
};

export const galleryButtons = (cards: readonly GalleryCard[]): readonly Button[] =>
  cards.flatMap(({ buttons }) => buttons ?? []);

/**
 * An album cannot carry buttons, so they follow in a message of their own. Its text names what they belong to: the
 * titles of the cards that have buttons, or a pointing hand where there are none.
 */
export const buttonsCaption = (cards: readonly GalleryCard[]): RichText => {
  const titles = cards
    .filter(hasButtons)
    .map(({ title = '' }) => parsePlainText(title))
    .filter((title) => !isBlank(title));
  return titles.length === 0 ? parsePlainText(POINTER) : joinRichTexts(titles, '\n');
};
