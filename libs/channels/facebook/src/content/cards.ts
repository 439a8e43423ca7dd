import { parsePlainText, parseRichText, type Assets, type RichText } from '@crier/connector';
import type { GalleryCard, GalleryElement } from '@crier/contracts';
import { MOST_CARD_LINE_LENGTH } from '../limits.ts';
import { buttonsFragment, type Fragment, type NumberedButton } from './buttons.ts';
import { cardImage } from './media.ts';
import { textTemplate } from './plain-text.ts';

/** The two lines of a card; Messenger wants the first in any case, so that a lone text takes its place. */
export interface CardLines {
  readonly title: RichText;
  readonly subtitle: RichText | undefined;
}

export const cardLines = ({ title, text }: GalleryCard): CardLines => {
  const below = text ? parseRichText(text) : undefined;
  if (title) return { title: parsePlainText(title), subtitle: below };
  return { title: below ?? parsePlainText(''), subtitle: undefined };
};

const EMPTY = '""';

const subtitleFragment = (subtitle: RichText | undefined): Fragment => {
  if (subtitle === undefined) return () => '';
  const template = textTemplate(subtitle, MOST_CARD_LINE_LENGTH);
  return ({ variables }) => {
    const shown = template(variables);
    return shown === EMPTY ? '' : `,"subtitle":${shown}`;
  };
};

const cardFragment = (
  card: GalleryCard,
  own: readonly NumberedButton[],
  assets: Assets,
): Fragment => {
  const { title, subtitle } = cardLines(card);
  const first = textTemplate(title, MOST_CARD_LINE_LENGTH);
  const second = subtitleFragment(subtitle);
  const picture = `,"image_url":${JSON.stringify(cardImage(card, assets))}`;
  const buttons = buttonsFragment(own);
  return (target) =>
    `{"title":${first(target.variables)}${second(target)}${picture}${buttons(target)}}`;
};

/** The fields of a gallery's message: a generic template, whose cards are swiped through. */
export const galleryFragment = (
  { cards }: GalleryElement,
  buttons: readonly NumberedButton[],
  assets: Assets,
): Fragment => {
  let taken = 0;
  const fragments = cards.map((card) => {
    const own = buttons.slice(taken, taken + (card.buttons?.length ?? 0));
    taken += own.length;
    return cardFragment(card, own, assets);
  });
  const head = '"attachment":{"type":"template","payload":{"template_type":"generic","elements":[';
  return (target) => `${head}${fragments.map((fragment) => fragment(target)).join(',')}]}}`;
};
