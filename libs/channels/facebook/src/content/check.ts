import { isBlank, parseRichText, problem, type ContentProblem, type Room } from '@crier/connector';
import type {
  Button,
  Element,
  GalleryCard,
  GalleryElement,
  MediaElement,
  MediaSource,
  TextElement,
} from '@crier/contracts';
import {
  BUTTON_TEXT_LENGTH,
  MOST_CARDS,
  MOST_CARD_LINE_LENGTH,
  MOST_ELEMENTS,
  MOST_URL_LENGTH,
  TEXT_LENGTH,
} from '../limits.ts';
import { cardLines } from './cards.ts';
import { buttonsProblems } from './check-buttons.ts';
import { isMediaKind } from './media.ts';
import { richTextProblems, rules } from './problems.ts';

type Problems = readonly ContentProblem[];

const NO_PICTURE = /\.(mp4|mov|m4v|webm|avi|mkv|mp3|m4a|ogg|oga|wav|pdf)$/i;

const roomFor = (kind: 'text' | 'caption', buttons: readonly Button[] = []): Room => {
  const code = `${kind}_too_long`;
  return buttons.length === 0
    ? { most: TEXT_LENGTH, code, fix: 'shorten it' }
    : {
        most: BUTTON_TEXT_LENGTH,
        code,
        fix: 'over buttons there is room for no more: shorten it, or put the buttons under a text of their own',
      };
};

const lineRoom = (code: string): Room => ({
  most: MOST_CARD_LINE_LENGTH,
  code,
  fix: 'shorten it',
});

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
    ...richTextProblems(`${path}.text`, rich, roomFor('text', buttons)),
    ...buttonsProblems(path, buttons),
  ];
};

const mediaProblems = (path: string, element: MediaElement): Problems => {
  const { caption = '', buttons } = element;
  const rich = parseRichText(caption);
  return [
    ...sourceProblems(path, element),
    ...(caption === '' ? [] : rules.blank(`${path}.caption`, rich)),
    ...richTextProblems(`${path}.caption`, rich, roomFor('caption', buttons)),
    ...buttonsProblems(path, buttons),
  ];
};

const pictureProblems = (path: string, card: GalleryCard): Problems => {
  const problems = sourceProblems(path, card);
  const pathname = URL.parse(card.url ?? '')?.pathname ?? '';
  return problems.length === 0 && NO_PICTURE.test(pathname)
    ? [problem(`${path}.url`, 'card_kind', 'A gallery on Messenger shows pictures only.')]
    : problems;
};

const linesProblems = (path: string, card: GalleryCard): Problems => {
  const { title, subtitle } = cardLines(card);
  const [first, code] = card.title ? ['title', 'title_too_long'] : ['text', 'text_too_long'];
  const untitled = isBlank(title)
    ? [
        problem(
          `${path}.title`,
          'title_missing',
          'A card on Messenger needs a title that nobody gets empty: write one, or give a variable a fallback.',
        ),
      ]
    : [];
  return [
    ...untitled,
    ...richTextProblems(`${path}.${first}`, title, lineRoom(code)),
    ...(subtitle === undefined
      ? []
      : richTextProblems(`${path}.text`, subtitle, lineRoom('text_too_long'))),
  ];
};

const cardProblems = (path: string, card: GalleryCard): Problems => [
  ...pictureProblems(path, card),
  ...linesProblems(path, card),
  ...buttonsProblems(path, card.buttons),
];

const galleryProblems = (path: string, { cards }: GalleryElement): Problems => {
  const given: readonly GalleryCard[] = Array.isArray(cards) ? cards : [];
  const sizeProblems =
    given.length < 1 || given.length > MOST_CARDS
      ? [problem(`${path}.cards`, 'gallery_size', `A gallery has 1 to ${MOST_CARDS} cards.`)]
      : [];
  return [
    ...sizeProblems,
    ...given.flatMap((card, index) => cardProblems(`${path}.cards[${index}]`, card)),
  ];
};

const elementProblems = (element: Element, index: number): Problems => {
  const path = `elements[${index}]`;
  const type: string = element.type;
  if (element.type === 'text') return textProblems(path, element);
  if (element.type === 'gallery') return galleryProblems(path, element);
  return isMediaKind(type)
    ? mediaProblems(path, element)
    : [problem(`${path}.type`, 'element_unknown', `Messenger cannot show an element "${type}".`)];
};

/** Every reason why Messenger would refuse these elements, or show less of them than was written. */
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
