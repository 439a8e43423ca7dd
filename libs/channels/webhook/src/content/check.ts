import { parsePlainText, parseRichText } from '@crier/connector';
import type {
  Element,
  GalleryCard,
  GalleryElement,
  MediaElement,
  MediaKind,
  MediaSource,
  TextElement,
} from '@crier/contracts';
import {
  CAPTION_LENGTH,
  CARD_TEXT_LENGTH,
  CARD_TITLE_LENGTH,
  MOST_CARDS,
  MOST_ELEMENTS,
  MOST_URL_LENGTH,
  TEXT_LENGTH,
} from '../limits.ts';
import { buttonsProblems } from './check-buttons.ts';
import { blankProblems, isWebAddress, problem, textProblems, type Problems } from './problems.ts';

const MEDIA: Readonly<Record<MediaKind, true>> = {
  image: true,
  video: true,
  audio: true,
  voice: true,
  file: true,
};

const isMedia = (element: Element): element is MediaElement => Object.hasOwn(MEDIA, element.type);

const textIn = (written: unknown): string => (typeof written === 'string' ? written : '');

const sourceProblems = (path: string, { url, media }: MediaSource): Problems => {
  if (url !== undefined)
    return isWebAddress(url)
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

const textElementProblems = (path: string, element: TextElement): Problems => {
  const text = parseRichText(textIn(element.text));
  return [
    ...blankProblems(`${path}.text`, text),
    ...textProblems(`${path}.text`, text, TEXT_LENGTH),
    ...buttonsProblems(path, element.buttons),
  ];
};

const mediaProblems = (path: string, element: MediaElement): Problems => [
  ...sourceProblems(path, element),
  ...textProblems(`${path}.caption`, parseRichText(textIn(element.caption)), CAPTION_LENGTH),
  ...buttonsProblems(path, element.buttons),
];

const cardProblems = (path: string, card: GalleryCard): Problems => [
  ...sourceProblems(path, card),
  ...textProblems(`${path}.title`, parsePlainText(textIn(card.title)), CARD_TITLE_LENGTH),
  ...textProblems(`${path}.text`, parseRichText(textIn(card.text)), CARD_TEXT_LENGTH),
  ...buttonsProblems(path, card.buttons),
];

const galleryProblems = (path: string, { cards }: GalleryElement): Problems => {
  const given: readonly GalleryCard[] = Array.isArray(cards) ? cards : [];
  const isFitting = given.length > 0 && given.length <= MOST_CARDS;
  return [
    ...(isFitting
      ? []
      : [problem(`${path}.cards`, 'gallery_size', `A gallery has 1 to ${MOST_CARDS} cards.`)]),
    ...given.flatMap((card, index) => cardProblems(`${path}.cards[${index}]`, card)),
  ];
};

const elementProblems = (element: Element, path: string): Problems => {
  if (element.type === 'text') return textElementProblems(path, element);
  if (element.type === 'gallery') return galleryProblems(path, element);
  if (isMedia(element)) return mediaProblems(path, element);
  const { type } = element as { readonly type: string };
  return [problem(`${path}.type`, 'element_unknown', `An element "${type}" cannot be shown here.`)];
};

/** Every reason why these elements cannot be sent. */
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
