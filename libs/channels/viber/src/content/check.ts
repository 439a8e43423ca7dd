import { parseRichText, problem, type ContentProblem, type RenderTarget } from '@crier/connector';
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
  MOST_CARDS,
  MOST_CARD_TEXT_LENGTH,
  MOST_ELEMENTS,
  MOST_FILE_NAME_LENGTH,
  MOST_REQUEST_BYTES,
  MOST_URL_LENGTH,
  RESERVED_BYTES,
  TEXT_LENGTH,
  type Assumed,
} from '../limits.ts';
import { cardButtonProblems, keyboardProblems } from './check-buttons.ts';
import { templatesOf } from './compile.ts';
import { formOf, isMediaKind, isPictureName, isProgramName, isVideoName, nameIn } from './media.ts';
import { richTextProblems, rules } from './problems.ts';
import { MARKS, TAGS, cardWords, viberText } from './viber-text.ts';

type Problems = readonly ContentProblem[];

const nameProblems = (path: string, name: string, kind: MediaKind): Problems => {
  const form = formOf(kind);
  if (form === 'picture' && !isPictureName(name))
    return [
      problem(path, 'image_kind', 'Viber shows pictures that end with .jpg, .jpeg, .png or .gif.'),
    ];
  if (form === 'video' && !isVideoName(name))
    return [problem(path, 'video_kind', 'Viber shows videos that end with .mp4 (H264).')];
  if (form === 'file' && isProgramName(name))
    return [problem(path, 'file_kind', 'Viber takes no programs: send an archive or a link.')];
  return name.length > MOST_FILE_NAME_LENGTH
    ? [
        problem(
          path,
          'file_name_too_long',
          `A file's name has at most ${MOST_FILE_NAME_LENGTH} characters: shorten it.`,
        ),
      ]
    : [];
};

const sourceProblems = (path: string, { url, media }: MediaSource, kind: MediaKind): Problems => {
  if (url !== undefined)
    return rules.isWebAddress(url)
      ? nameProblems(`${path}.url`, nameIn(url), kind)
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

const messageTextProblems = (path: string, written: unknown, most: number): Problems => {
  const text = parseRichText(typeof written === 'string' ? written : '');
  return richTextProblems(path, text, { shown: viberText(text, MARKS), most });
};

const textProblems = (path: string, { text, buttons }: TextElement): Problems => [
  ...rules.blank(`${path}.text`, parseRichText(typeof text === 'string' ? text : '')),
  ...messageTextProblems(`${path}.text`, text, TEXT_LENGTH),
  ...rules.buttons(path, buttons),
];

const mediaProblems = (path: string, element: MediaElement, captionLength: number): Problems => {
  const isOwnMessage = formOf(element.type) === 'file';
  const { caption = '' } = element;
  return [
    ...sourceProblems(path, element, element.type),
    ...(isOwnMessage && caption !== ''
      ? rules.blank(`${path}.caption`, parseRichText(caption))
      : []),
    ...messageTextProblems(`${path}.caption`, caption, isOwnMessage ? TEXT_LENGTH : captionLength),
    ...rules.buttons(path, element.buttons),
  ];
};

const cardProblems = (path: string, card: GalleryCard): Problems => {
  const words = cardWords(card);
  return [
    ...sourceProblems(path, card, 'image'),
    ...richTextProblems(`${path}.text`, words, {
      shown: viberText(words, TAGS),
      most: MOST_CARD_TEXT_LENGTH,
    }),
    ...cardButtonProblems(path, card),
  ];
};

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

const elementProblems = (element: Element, path: string, captionLength: number): Problems => {
  const type: string = element.type;
  if (element.type === 'text') return textProblems(path, element);
  if (element.type === 'gallery') return galleryProblems(path, element);
  return isMediaKind(type)
    ? mediaProblems(path, element, captionLength)
    : [problem(`${path}.type`, 'element_unknown', `Viber cannot show an element "${type}".`)];
};

const LONG = '界'.repeat(TEXT_LENGTH);
// The person whose request is the largest there can be: every variable is as long as any.
const ANYBODY: RenderTarget = {
  address: '',
  variables: new Proxy({}, { get: () => LONG }),
  refOf: () => 'x'.repeat(40),
  linkOf: () => 'x'.repeat(128),
  keyOf: () => 1,
};

const sizeProblems = (elements: readonly Element[], captionLength: number): Problems =>
  templatesOf(elements, { assets: {}, captionLength })
    .map(({ element, content }) => ({ element, bytes: Buffer.byteLength(content(ANYBODY)) }))
    .filter(({ bytes }) => bytes > MOST_REQUEST_BYTES - RESERVED_BYTES)
    .map(({ element, bytes }) =>
      problem(
        `elements[${element}]`,
        'message_too_large',
        `${Math.ceil(bytes / 1000)} kB with its buttons, Viber takes 28: shorten the text, or use fewer buttons or shorter labels and addresses.`,
      ),
    );

/** Every reason why Viber would refuse these elements, or show less of them than was written. */
export const check = (
  elements: readonly Element[],
  { captionLength, keyboardRows }: Assumed,
): Problems => {
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
  const problems = [
    ...counted,
    ...elements.flatMap((element, index) =>
      elementProblems(element, `elements[${index}]`, captionLength),
    ),
    ...keyboardProblems(elements, keyboardRows),
  ];
  // Only content that has its form can be measured.
  return problems.length > 0 ? problems : sizeProblems(elements, captionLength);
};
