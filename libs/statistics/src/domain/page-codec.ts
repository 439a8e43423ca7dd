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

const unpackDictionary = (text: string): Pick<PageColumns, 'dictionary' | 'messages'> => {
  const dictionary = JSON.parse(text) as Dictionary;
  const messages = new Map<number, AcceptedMessage[]>();
  if (isList(dictionary)) return { dictionary, messages };
  for (const [slot, part, id, at] of dictionary.messages) {
    const known = messages.get(slot);
    if (known) known.push({ part, id, at });
    else messages.set(slot, [{ part, id, at }]);
  }
  return { dictionary: dictionary.reasons, messages };
};

/** Two bits name one of them. */
const KINDS: readonly ReactionKind[] = ['delivered', 'opened', 'clicked', 'ordered'];
/** One tally: slot (16 bits), kind (2), 1 + button or 0 (14); count; first at. */
const TALLY_WORDS = 3;
const BYTES_PER_PLACE = 7;

const bytesOf = (view: Uint8Array | Uint16Array | Uint32Array): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const packTallies = (receipts: ReadonlyMap<number, readonly ReceiptTally[]>): Uint32Array => {
  const words = [...receipts].flatMap(([slot, tallies]) =>
    tallies.flatMap(({ kind, button, count, firstAt }) => [
      (slot | (KINDS.indexOf(kind) << 16) | ((button === undefined ? 0 : button + 1) << 18)) >>> 0,
      count,
      firstAt,
    ]),
  );
  return Uint32Array.from(words);
};

const unpackTallies = (words: Uint32Array): Map<number, ReceiptTally[]> => {
  const receipts = new Map<number, ReceiptTally[]>();
  for (let i = 0; i < words.length; i += TALLY_WORDS) {
    const [what = 0, count = 0, firstAt = 0] = words.subarray(i, i + TALLY_WORDS);
    const slot = what & 0xffff;
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

/** Reads what {@link packPage} wrote; the page owns a copy. */
export const unpackPage = (from: number, size: number, packed: PackedPage): RecipientPage => {
  const { buffer } = new Uint8Array(packed.data);
  const tallyBytes = packed.data.byteLength - size * BYTES_PER_PLACE;
  const receipts = new Uint32Array(buffer, size * 4, tallyBytes / 4);
  return new RecipientPage(from, size, {
    at: new Uint32Array(buffer, 0, size),
    receipts: unpackTallies(receipts),
    reasons: new Uint16Array(buffer, size * 4 + tallyBytes, size),
    states: new Uint8Array(buffer, size * 6 + tallyBytes, size),
    ...unpackDictionary(packed.dictionary),
  });
};
