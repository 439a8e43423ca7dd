import type { Assets } from '@crier/connector';
import type { GalleryCard, GalleryElement } from '@crier/contracts';
import { CARD_COLUMNS, CARD_ROWS, CARD_TEXT_ROWS, MOST_CARD_TEXT_LENGTH } from '../limits.ts';
import { buttonFragment, type Fragment, type NumberedButton } from './buttons.ts';
import { fileOf } from './media.ts';
import { textTemplate } from './text-template.ts';
import { TAGS, cardWords, viberText } from './viber-text.ts';

/** A cell that nothing happens in when it is pressed. */
const still = (rows: number, look: object): string =>
  JSON.stringify({
    Columns: CARD_COLUMNS,
    Rows: rows,
    ActionType: 'none',
    ActionBody: 'none',
    ...look,
  });

const wordsFragment = (card: GalleryCard): Fragment | undefined => {
  const words = viberText(cardWords(card), TAGS);
  if (words.pieces.length === 0) return undefined;
  const head = still(CARD_TEXT_ROWS, { TextHAlign: 'left' }).slice(0, -1);
  const template = textTemplate(words, TAGS, MOST_CARD_TEXT_LENGTH);
  return ({ variables }) => `${head},"Text":${template(variables)}}`;
};

/** The cells of a card, which fill its block exactly, or the next card would move up. */
const cardFragments = (
  card: GalleryCard,
  buttons: readonly NumberedButton[],
  assets: Assets,
): readonly Fragment[] => {
  const words = wordsFragment(card);
  const rows = CARD_ROWS - buttons.length - (words === undefined ? 0 : CARD_TEXT_ROWS);
  const picture = still(rows, { Image: fileOf(card, 'image', assets).url });
  return [
    () => picture,
    ...(words === undefined ? [] : [words]),
    ...buttons.map((button) => buttonFragment(button)),
  ];
};

/** The fields of a gallery's request: a carousel whose buttons stay with their cards. */
export const carouselFragment = (
  { cards }: GalleryElement,
  buttons: readonly NumberedButton[],
  assets: Assets,
): Fragment => {
  let taken = 0;
  const cells = cards.flatMap((card) => {
    const own = buttons.slice(taken, taken + (card.buttons?.length ?? 0));
    taken += own.length;
    return cardFragments(card, own, assets);
  });
  const head = `"type":"rich_media","rich_media":{"Type":"rich_media","ButtonsGroupColumns":${CARD_COLUMNS},"ButtonsGroupRows":${CARD_ROWS},"BgColor":"#FFFFFF","Buttons":[`;
  return (target) => `${head}${cells.map((cell) => cell(target)).join(',')}]}`;
};
