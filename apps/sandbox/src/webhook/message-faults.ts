import { asObject, type Params } from '../telegram-methods/method.ts';

/** What a receiver says of a message that it could show to nobody. */
type Fault = string | undefined;

const FILES: readonly unknown[] = ['image', 'video', 'audio', 'voice', 'file'];
const OPENING: readonly unknown[] = ['link', 'buy'];
const MOST_CARDS = 10;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');

/** The members of a list that are objects; an empty object for any other. */
export const objectsIn = (value: unknown): readonly Params[] =>
  Array.isArray(value) ? value.map((each) => asObject(each) ?? {}) : [];

const firstOf = <T>(list: readonly T[], faultOf: (one: T) => Fault): Fault =>
  list.map(faultOf).find((fault) => fault !== undefined);

const buttonFault = ({ kind, label, url, payload }: Params): Fault => {
  if (!isText(label)) return 'label_missing';
  if (OPENING.includes(kind)) return isUrl(url) ? undefined : 'button_url_invalid';
  return kind === 'message' && isText(payload) ? undefined : 'button_invalid';
};

/** Words come in two forms that say the same. */
const wordsFault = (words: unknown): Fault => {
  const { plain, markdown } = asObject(words) ?? {};
  return isText(plain) && isText(markdown) ? undefined : 'words_missing';
};

const optional = (words: unknown): Fault => (words === undefined ? undefined : wordsFault(words));

const urlFault = ({ url }: Params): Fault => (isUrl(url) ? undefined : 'url_invalid');

const cardFault = (card: Params): Fault =>
  urlFault(card) ?? optional(card['text']) ?? firstOf(objectsIn(card['buttons']), buttonFault);

const galleryFault = ({ cards }: Params): Fault => {
  const given = objectsIn(cards);
  const isFitting = given.length > 0 && given.length <= MOST_CARDS;
  return isFitting ? firstOf(given, cardFault) : 'cards_invalid';
};

const contentFault = (message: Params): Fault => {
  const { type, text, caption } = message;
  if (type === 'text') return wordsFault(text);
  if (type === 'gallery') return galleryFault(message);
  return FILES.includes(type) ? (urlFault(message) ?? optional(caption)) : 'type_unknown';
};

/** Why a message could be shown to nobody; `undefined`: it could. */
export const messageFault = (message: Params): Fault =>
  contentFault(message) ?? firstOf(objectsIn(message['buttons']), buttonFault);
