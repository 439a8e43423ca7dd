import type { ReactionKind } from '../application/documents.ts';
import { RecipientPage, type AcceptedMessage, type PageColumns } from './recipient-page.ts';
import type { ReceiptTally } from './tallies.ts';

/** A page as bytes. Numbers lie in the machine's own order: a read model never leaves its machine. */
export interface PackedPage {
  readonly data: Uint8Array;
  /** JSON of the reasons and, where there are any, of the messages. */
  readonly dictionary: string;
}

type PackedMessages = readonly (readonly [slot: number, part: number, id: string, at: number])[];
/** Pages without messages are a list of reasons. */
type Dictionary =
  readonly string[] | { readonly reasons: readonly string[]; readonly messages: PackedMessages };

const packDictionary = (
  reasons: readonly string[],
  messages: ReadonlyMap<number, readonly AcceptedMessage[]>,
): string => {
  if (messages.size === 0) return JSON.stringify(reasons);
  const packed: PackedMessages = [...messages].flatMap(([slot, sent]) =>
    sent.map(({ part, id, at }) => [slot, part, id, at] as const),
  );
  return JSON.stringify({ reasons, messages: packed } satisfies Dictionary);
};

const isList = (dictionary: Dictionary): dictionary is readonly string[] =>
  Array.isArray(dictionary);

type IsWanted = (slot: number) => boolean;
type Unpacked = Pick<PageColumns, 'dictionary' | 'messages'>;

const addTo = (
  messages: Map<number, AcceptedMessage[]>,
  [slot, part, id, at]: PackedMessages[number],
): void => {
  const known = messages.get(slot);
  if (known) known.push({ part, id, at });
  else messages.set(slot, [{ part, id, at }]);
};

const unpackDictionary = (text: string): Unpacked => {
  const dictionary = JSON.parse(text) as Dictionary;
  const messages = new Map<number, AcceptedMessage[]>();
  if (isList(dictionary)) return { dictionary, messages };
  for (const message of dictionary.messages) addTo(messages, message);
  return { dictionary: dictionary.reasons, messages };
};

const BEFORE_REASONS = '{"reasons":';
const BEFORE_MESSAGES = ',"messages":[';

/** Where the text that begins after this place ends. */
const endOfText = (json: string, begin: number): number => {
  let at = begin;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
};

/** As {@link unpackDictionary}, without making anything of the messages of others, who are many. */
const unpackSome = (text: string, isWanted: IsWanted): Unpacked => {
  if (!text.startsWith(BEFORE_REASONS)) return unpackDictionary(text);
  const middle = text.indexOf(BEFORE_MESSAGES);
  const dictionary = JSON.parse(text.slice(BEFORE_REASONS.length, middle)) as readonly string[];
  const messages = new Map<number, AcceptedMessage[]>();
  let at = middle + BEFORE_MESSAGES.length;
  while (text[at] === '[') {
    const end = text.indexOf(']', endOfText(text, text.indexOf('"', at) + 1)) + 1;
    if (isWanted(Number.parseInt(text.slice(at + 1, text.indexOf(',', at)), 10)))
      addTo(messages, JSON.parse(text.slice(at, end)) as PackedMessages[number]);
    at = end + 1;
  }
  return { dictionary, messages };
};

/** Two bits name one of them. */
const KINDS: readonly ReactionKind[] = ['delivered', 'opened', 'clicked', 'ordered'];
/** One tally: slot (16 bits), kind (2), 1 + button or 0 (14); count; first at. */
const TALLY_WORDS = 3;
const BYTES_PER_PLACE = 7;

const bytesOf = (view: Uint8Array | Uint16Array | Uint32Array): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const whatOf = (slot: number, { kind, button }: ReceiptTally): number =>
  (slot | (KINDS.indexOf(kind) << 16) | ((button === undefined ? 0 : button + 1) << 18)) >>> 0;

const packTallies = (receipts: ReadonlyMap<number, readonly ReceiptTally[]>): Uint32Array => {
  let count = 0;
  for (const tallies of receipts.values()) count += tallies.length;
  const words = new Uint32Array(count * TALLY_WORDS);
  let at = 0;
  for (const [slot, tallies] of receipts)
    for (const tally of tallies) {
      words[at] = whatOf(slot, tally);
      words[at + 1] = tally.count;
      words[at + 2] = tally.firstAt;
      at += TALLY_WORDS;
    }
  return words;
};

const unpackTallies = (
  words: Uint32Array,
  isWanted: IsWanted | undefined,
): Map<number, ReceiptTally[]> => {
  const receipts = new Map<number, ReceiptTally[]>();
  for (let i = 0; i < words.length; i += TALLY_WORDS) {
    const what = words[i] ?? 0;
    const slot = what & 0xffff;
    if (isWanted?.(slot) === false) continue;
    const count = words[i + 1] ?? 0;
    const firstAt = words[i + 2] ?? 0;
    const kind = KINDS[(what >>> 16) & 3] ?? 'delivered';
    const button = what >>> 18 === 0 ? undefined : (what >>> 18) - 1;
    const tallies = receipts.get(slot);
    if (tallies) tallies.push({ kind, button, count, firstAt });
    else receipts.set(slot, [{ kind, button, count, firstAt }]);
  }
  return receipts;
};

/** Seven bytes a recipient, twelve for each kind of receipt it gave, and the names of its messages where receipts may use them. */
export const packPage = (page: RecipientPage): PackedPage => {
  const { at, reasons, states, receipts, dictionary, messages } = page.columns;
  const tallies = packTallies(receipts);
  const data = new Uint8Array(page.size * BYTES_PER_PLACE + tallies.byteLength);
  let offset = 0;
  for (const column of [at, tallies, reasons, states]) {
    data.set(bytesOf(column), offset);
    offset += column.byteLength;
  }
  return { data, dictionary: packDictionary(dictionary, messages) };
};

/**
 * Reads what {@link packPage} wrote; the page owns a copy. With `isWanted` it knows receipts and messages of these slots alone,
 * and is only to be read.
 */
export const unpackPage = (
  from: number,
  size: number,
  packed: PackedPage,
  isWanted?: IsWanted,
): RecipientPage => {
  const { buffer } = new Uint8Array(packed.data);
  const tallyBytes = packed.data.byteLength - size * BYTES_PER_PLACE;
  const receipts = new Uint32Array(buffer, size * 4, tallyBytes / 4);
  return new RecipientPage(from, size, {
    at: new Uint32Array(buffer, 0, size),
    receipts: unpackTallies(receipts, isWanted),
    reasons: new Uint16Array(buffer, size * 4 + tallyBytes, size),
    states: new Uint8Array(buffer, size * 6 + tallyBytes, size),
    ...(isWanted ? unpackSome(packed.dictionary, isWanted) : unpackDictionary(packed.dictionary)),
  });
};
