import {
  parsePlainText,
  parseRichText,
  problem,
  withFallbacks,
  type ContentProblem,
} from '@crier/connector';
import type {
  Element,
  GalleryCard,
  GalleryElement,
  MediaElement,
  MediaSource,
  TextElement,
} from '@crier/contracts';
import { LIMITS, MOST_ELEMENTS, MOST_TITLE_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { keyboardProblems } from './check-buttons.ts';
import { cardCaption, galleryButtons } from './gallery.ts';
import { cardFieldOf, isMediaKind } from './media-kinds.ts';
import { richTextProblems, rules } from './problems.ts';

type Problems = readonly ContentProblem[];

const sourceProblems = (path: string, { url, media }: MediaSource): Problems => {
  if (url !== undefined)
    return rules.isWebAddress(url)
      ? []
      : [
          problem(
            `${path}.url`,
            'media_url_invalid',
            `A file needs an http or https address of at most ${MOST_URL_LENGTH} characters.`,
          ),
        ];
  return typeof media === 'string' && /^\S+$/.test(media)
    ? []
    : [problem(path, 'media_missing', 'Choose a file: give its address, or upload one.')];
};

const textProblems = (path: string, { text, buttons }: TextElement): Problems => {
  const rich = parseRichText(typeof text === 'string' ? text : '');
  return [
    ...rules.blank(`${path}.text`, rich),
    ...richTextProblems(`${path}.text`, rich, LIMITS.textLength),
    ...rules.buttons(path, buttons),
    ...keyboardProblems(`${path}.buttons`, buttons),
  ];
};

const mediaProblems = (path: string, element: MediaElement): Problems => [
  ...sourceProblems(path, element),
  ...richTextProblems(
    `${path}.caption`,
    parseRichText(element.caption ?? ''),
    LIMITS.captionLength,
  ),
  ...rules.buttons(path, element.buttons),
  ...keyboardProblems(`${path}.buttons`, element.buttons),
];

const titleProblems = (path: string, title = ''): Problems => {
  const { length } = withFallbacks(parsePlainText(title));
  return length > MOST_TITLE_LENGTH
    ? [
        problem(
          `${path}.title`,
          'title_too_long',
          `${length} characters, ${MOST_TITLE_LENGTH} are allowed: shorten it.`,
        ),
      ]
    : [];
};

const cardProblems = (path: string, card: GalleryCard): Problems => {
  const isOther = card.url !== undefined && cardFieldOf(card.url) === undefined;
  return [
    ...sourceProblems(path, card),
    ...(isOther
      ? [problem(`${path}.url`, 'card_kind', 'A gallery shows pictures and videos only.')]
      : []),
    ...titleProblems(path, card.title),
    ...richTextProblems(`${path}.text`, cardCaption(card), LIMITS.captionLength),
    ...rules.buttons(path, card.buttons),
  ];
};

const galleryProblems = (path: string, { cards }: GalleryElement): Problems => {
  const given: readonly GalleryCard[] = Array.isArray(cards) ? cards : [];
  const { least, most } = LIMITS.galleryCards;
  const sizeProblems =
    given.length < least || given.length > most
      ? [problem(`${path}.cards`, 'gallery_size', `A gallery has ${least} to ${most} cards.`)]
      : [];
  return [
    ...sizeProblems,
    ...given.flatMap((card, index) => cardProblems(`${path}.cards[${index}]`, card)),
    ...keyboardProblems(`${path}.cards`, galleryButtons(given)),
  ];
};

const elementProblems = (element: Element, index: number): Problems => {
  const path = `elements[${index}]`;
  const type: string = element.type;
  if (element.type === 'text') return textProblems(path, element);
  if (element.type === 'gallery') return galleryProblems(path, element);
  return isMediaKind(type)
    ? mediaProblems(path, element)
    : [problem(`${path}.type`, 'element_unknown', `Telegram cannot show an element "${type}".`)];
};

/** Every reason why Telegram would refuse these elements, or show less of them than was written. */
export const check = (elements: readonly Element[]): Problems => {
  const counted =
    elements.length > MOST_ELEMENTS
      ? [
          problem(
            'elements',
            'too_many_elements',
            `${elements.length} elements; a message has at most ${MOST_ELEMENTS}.`,
          ),
        ]
      : [];
  return [...counted, ...elements.flatMap(elementProblems)];
};
