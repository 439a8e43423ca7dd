import { parsePlainText, parseRichText, problem, type RenderTarget } from '@crier/connector';
import type {
  Element,
  GalleryCard,
  GalleryElement,
  MediaElement,
  MediaKind,
  MediaSource,
  TextElement,
} from '@crier/contracts';
import { MOST_ELEMENTS, MOST_URL_LENGTH, RESERVED_BYTES, type Assumed } from '../limits.ts';
import { buttonsProblems } from './check-buttons.ts';
import { templatesOf } from './compile.ts';
import { contentTypeOf, isMediaKind, isShownAs, nameIn } from './media.ts';
import { rules, type Problems } from './problems.ts';
import { cardText } from './text-template.ts';

const textIn = (written: unknown): string => (typeof written === 'string' ? written : '');

const kindProblems = (path: string, url: string, kind: MediaKind): Problems => {
  const contentType = contentTypeOf(nameIn(url));
  return contentType === undefined || isShownAs(kind, contentType)
    ? []
    : [
        problem(
          path,
          `${kind}_kind`,
          `By its address this is no ${kind} but ${contentType}: choose another file, or an element of that kind.`,
        ),
      ];
};

const sourceProblems = (path: string, { url, media }: MediaSource, kind: MediaKind): Problems => {
  if (url !== undefined)
    return rules.isWebAddress(url)
      ? kindProblems(`${path}.url`, url, kind)
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

const textProblems = (path: string, element: TextElement, { textLength }: Assumed): Problems => {
  const text = parseRichText(textIn(element.text));
  return [
    ...rules.blank(`${path}.text`, text),
    ...rules.text(`${path}.text`, text, { most: textLength }),
    ...buttonsProblems(path, element.buttons),
  ];
};

const mediaProblems = (path: string, element: MediaElement, { textLength }: Assumed): Problems => [
  ...sourceProblems(path, element, element.type),
  ...rules.text(`${path}.caption`, parseRichText(textIn(element.caption)), { most: textLength }),
  ...buttonsProblems(path, element.buttons),
];

const cardProblems = (path: string, card: GalleryCard, assumed: Assumed): Problems => {
  const title = parsePlainText(textIn(card.title));
  const text = parseRichText(textIn(card.text));
  const shown = { ...cardText(text), spans: text.spans };
  return [
    ...sourceProblems(path, card, 'image'),
    ...rules.text(`${path}.title`, title, { most: assumed.cardTitleLength }),
    ...rules.text(`${path}.text`, shown, { most: assumed.cardTextLength }),
    ...buttonsProblems(path, card.buttons),
  ];
};

const galleryProblems = (path: string, { cards }: GalleryElement, assumed: Assumed): Problems => {
  const given: readonly GalleryCard[] = Array.isArray(cards) ? cards : [];
  const { galleryCards: most } = assumed;
  const sizeProblems =
    given.length < 1 || given.length > most
      ? [problem(`${path}.cards`, 'gallery_size', `A gallery has 1 to ${most} cards.`)]
      : [];
  return [
    ...sizeProblems,
    ...given.flatMap((card, index) => cardProblems(`${path}.cards[${index}]`, card, assumed)),
  ];
};

const elementProblems = (element: Element, path: string, assumed: Assumed): Problems => {
  const type: string = element.type;
  if (element.type === 'text') return textProblems(path, element, assumed);
  if (element.type === 'gallery') return galleryProblems(path, element, assumed);
  return isMediaKind(type)
    ? mediaProblems(path, element, assumed)
    : [problem(`${path}.type`, 'element_unknown', `Skype cannot show an element "${type}".`)];
};

/** Somebody whose every variable is as long as any, of the one character. */
const somebodyOf = (character: string, length: number): RenderTarget => ({
  address: '',
  variables: new Proxy({}, { get: () => character.repeat(length) }),
  refOf: () => 'x'.repeat(40),
  linkOf: () => 'x'.repeat(128),
  keyOf: () => 1,
});

const sizeProblems = (elements: readonly Element[], assumed: Assumed): Problems => {
  const most = assumed.requestBytes - RESERVED_BYTES;
  // The characters that take the most bytes in a text, where signs are escaped, and in a card, where none are.
  const people = ['\\', '界'].map((character) => somebodyOf(character, assumed.textLength));
  return templatesOf(elements, { assets: {}, assumed })
    .map((template) => Math.max(...people.map((person) => Buffer.byteLength(template(person)))))
    .flatMap((bytes, index) =>
      bytes <= most
        ? []
        : [
            problem(
              `elements[${index}]`,
              'message_too_large',
              `${Math.ceil(bytes / 1000)} kB at most with its buttons, ${Math.floor(most / 1000)} are allowed: shorten texts and addresses, or use fewer cards.`,
            ),
          ],
    );
};

/** Every reason why these elements would be refused, or be shown as less than was written. */
export const check = (elements: readonly Element[], assumed: Assumed): Problems => {
  const tooMany = `${elements.length} elements; a message has at most ${MOST_ELEMENTS}.`;
  const problems = [
    ...(elements.length > MOST_ELEMENTS ? [problem('elements', 'too_many_elements', tooMany)] : []),
    ...elements.flatMap((element, index) =>
      elementProblems(element, `elements[${index}]`, assumed),
    ),
  ];
  // Only content that has its form can be measured.
  return problems.length > 0 ? problems : sizeProblems(elements, assumed);
};
