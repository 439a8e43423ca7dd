import { parseRichText, problem, type ContentProblem } from '@crier/connector';
import type {
  Element,
  GalleryCard,
  GalleryElement,
  MediaElement,
  TextElement,
} from '@crier/contracts';
import {
  MOST_BUTTONS,
  MOST_CARDS,
  MOST_CARD_BUTTONS,
  MOST_CARD_TEXT_LENGTH,
  MOST_ELEMENTS,
  TEXT_LENGTH,
} from '../limits.ts';
import { isMediaKind, shownFile } from './attachments.ts';
import { buttonsProblems } from './check-buttons.ts';
import { sourceProblems } from './check-media.ts';
import { albumText, cardTexts, isCarousel } from './gallery.ts';
import { richTextProblems, rules } from './problems.ts';

type Problems = readonly ContentProblem[];

const IN_MESSAGE = { most: MOST_BUTTONS, where: 'a message on VK' };
const IN_CARD = { most: MOST_CARD_BUTTONS, where: 'a card of a gallery' };

const textProblems = (path: string, { text, buttons }: TextElement): Problems => {
  const written = parseRichText(typeof text === 'string' ? text : '');
  return [
    ...rules.blank(`${path}.text`, written),
    ...richTextProblems(`${path}.text`, written, { most: TEXT_LENGTH, kind: 'text' }),
    ...buttonsProblems(path, buttons, IN_MESSAGE),
  ];
};

const mediaProblems = (path: string, element: MediaElement): Problems => {
  // An address that stands in the text takes its room.
  const { address = '' } = shownFile(element, element.type, {});
  const room = element.type === 'audio' ? TEXT_LENGTH - address.length - 1 : TEXT_LENGTH;
  return [
    ...sourceProblems(path, element, element.type),
    ...richTextProblems(`${path}.caption`, parseRichText(element.caption ?? ''), {
      most: room,
      kind: 'caption',
    }),
    ...buttonsProblems(path, element.buttons, IN_MESSAGE),
  ];
};

const cardProblems = (path: string, card: GalleryCard, isInCarousel: boolean): Problems => {
  const most = isInCarousel ? MOST_CARD_TEXT_LENGTH : TEXT_LENGTH;
  const fields = card.title ? ['title', 'text'] : ['text'];
  const texts = cardTexts(card).flatMap((text, index) => {
    const at = `${path}.${fields[index] ?? 'text'}`;
    const blank = isInCarousel ? rules.blank(at, text) : [];
    return [...blank, ...richTextProblems(at, text, { most, kind: 'text' })];
  });
  return [
    ...sourceProblems(path, card, 'image'),
    ...texts,
    ...buttonsProblems(path, card.buttons, IN_CARD),
  ];
};

const shapeOf = ({ title, text, buttons = [] }: GalleryCard): string =>
  JSON.stringify([Boolean(title), Boolean(text), buttons.length]);

const unevenProblems = (path: string, cards: readonly GalleryCard[]): Problems =>
  new Set(cards.map(shapeOf)).size > 1
    ? [
        problem(
          path,
          'gallery_uneven',
          'VK shows cards with buttons only where all are alike: give each a title or none, a text or none, and as many buttons.',
        ),
      ]
    : [];

const albumProblems = (path: string, element: GalleryElement): Problems =>
  richTextProblems(path, albumText(element), { most: TEXT_LENGTH, kind: 'text' }).filter(
    ({ code }) => code === 'text_too_long',
  );

const galleryProblems = (path: string, element: GalleryElement): Problems => {
  const cards: readonly GalleryCard[] = Array.isArray(element.cards) ? element.cards : [];
  const given = { ...element, cards };
  const isInCarousel = isCarousel(given);
  const each = cards.flatMap((card, index) =>
    cardProblems(`${path}.cards[${index}]`, card, isInCarousel),
  );
  return [
    ...(cards.length < 1 || cards.length > MOST_CARDS
      ? [problem(`${path}.cards`, 'gallery_size', `A gallery has 1 to ${MOST_CARDS} cards.`)]
      : []),
    ...each,
    ...(isInCarousel ? unevenProblems(`${path}.cards`, cards) : []),
    ...(isInCarousel || each.length > 0 ? [] : albumProblems(`${path}.cards`, given)),
  ];
};

const elementProblems = (element: Element, path: string): Problems => {
  const type: string = element.type;
  if (element.type === 'text') return textProblems(path, element);
  if (element.type === 'gallery') return galleryProblems(path, element);
  return isMediaKind(type)
    ? mediaProblems(path, element)
    : [problem(`${path}.type`, 'element_unknown', `VK cannot show an element "${type}".`)];
};

/** Every reason why VK would refuse these elements, or show less of them than was written. */
export const check = (elements: readonly Element[]): Problems => [
  ...(elements.length > MOST_ELEMENTS
    ? [
        problem(
          'elements',
          'too_many_elements',
          `${elements.length} elements; a message has at most ${MOST_ELEMENTS}.`,
        ),
      ]
    : []),
  ...elements.flatMap((element, index) => elementProblems(element, `elements[${index}]`)),
];
