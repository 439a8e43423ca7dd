import {
  isVisible,
  joinRichTexts,
  parsePlainText,
  parseRichText,
  type Assets,
  type RenderTarget,
  type RichText,
} from '@crier/connector';
import type { GalleryCard, GalleryElement } from '@crier/contracts';
import { MOST_CARD_TEXT_LENGTH, TEXT_LENGTH } from '../limits.ts';
import { photoIdOf, shownFile } from './attachments.ts';
import { keyboardButton, type NumberedButton } from './buttons.ts';
import type { MessageFields } from './message.ts';
import { textTemplate } from './vk-text.ts';

const SEPARATOR = ' · ';
/** A message with a carousel must say something. */
const WORDLESS = '↓';

/** True where the cards have buttons: a carousel. Without them VK has no cards, but photos in one message. */
export const isCarousel = ({ cards }: GalleryElement): boolean =>
  cards.some(({ buttons = [] }) => buttons.length > 0);

/** What a card says, title first. */
export const cardTexts = ({ title, text }: GalleryCard): readonly RichText[] => [
  ...(title ? [parsePlainText(title)] : []),
  ...(text ? [parseRichText(text)] : []),
];

/** All that is written under photos in one message. */
export const albumText = ({ cards }: GalleryElement): RichText =>
  joinRichTexts(
    cards.map((card) => joinRichTexts(cardTexts(card), '\n')).filter(({ pieces }) => pieces.length),
    '\n\n',
  );

type CardTemplate = (target: RenderTarget) => object;

const cardTemplate = (
  card: GalleryCard,
  buttons: readonly NumberedButton[],
  assets: Assets,
): CardTemplate => {
  const [title, description] = cardTexts(card).map((text) =>
    textTemplate(text, MOST_CARD_TEXT_LENGTH),
  );
  const photo = photoIdOf(shownFile(card, 'image', assets).attachment);
  return (target) => ({
    ...(title && { title: title(target.variables) }),
    ...(description && { description: description(target.variables) }),
    photo_id: photo,
    action: { type: 'open_photo' },
    buttons: buttons.map((button) => keyboardButton(button, target)),
  });
};

const carousel = (
  { cards }: GalleryElement,
  buttons: readonly NumberedButton[],
  assets: Assets,
): MessageFields => {
  let taken = 0;
  const templates = cards.map((card) => {
    const own = buttons.slice(taken, taken + (card.buttons?.length ?? 0));
    taken += own.length;
    return cardTemplate(card, own, assets);
  });
  const titles = cards.flatMap((card) => cardTexts(card).slice(0, 1));
  const words = textTemplate(joinRichTexts(titles, SEPARATOR), TEXT_LENGTH);
  return (target) => {
    const message = words(target.variables);
    const elements = templates.map((template) => template(target));
    return {
      message: isVisible(message) ? message : WORDLESS,
      template: JSON.stringify({ type: 'carousel', elements }),
    };
  };
};

const album = (element: GalleryElement, assets: Assets): MessageFields => {
  const shown = element.cards.map((card) => shownFile(card, 'image', assets));
  const addresses = shown.flatMap(({ address }) => address ?? []).map((each) => `\n${each}`);
  const attachment = shown.flatMap((each) => each.attachment ?? []).join(',');
  const words = textTemplate(albumText(element), TEXT_LENGTH);
  return ({ variables }) => {
    const message = (words(variables) + addresses.join('')).trim();
    return { ...(message && { message }), ...(attachment && { attachment }) };
  };
};

/** The fields of a gallery's message. */
export const galleryFields = (
  element: GalleryElement,
  buttons: readonly NumberedButton[],
  assets: Assets,
): MessageFields =>
  isCarousel(element) ? carousel(element, buttons, assets) : album(element, assets);
