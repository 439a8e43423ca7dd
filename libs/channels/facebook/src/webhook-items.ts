import { nameOfEvent, type WebhookEvent } from '@crier/connector';
import { fieldsOf, type Fields } from './calls/classify.ts';
import { REF_PREFIX } from './content/buttons.ts';

/** One event of a Page, as its entry holds it. */
export interface Item {
  readonly fields: Fields;
  readonly botId: string;
  readonly now: () => string;
}

export interface ItemReading {
  readonly events: readonly WebhookEvent[];
  readonly foreign: boolean;
}

/** An event about a person, with what everything told of it has. */
interface Told {
  /** What the item says under the name of its kind. */
  readonly what: Fields;
  readonly fields: Fields;
  readonly address: string;
  /** When it happened; a watermark, where the item has no time of its own. */
  readonly at: string;
  /** A name for ever of what this item says of this person. */
  readonly dedupe: (...words: readonly unknown[]) => string;
}

const REF = /^[\w-]{1,62}$/;
const ADDRESS = /^[\w.-]{1,64}$/;
const KEY = /^-?[1-9]\d{0,9}$/;
const LEAST_KEY = -(2 ** 31);
const MOST_KEY = 2 ** 32 - 1;
/** More of what people write is not looked at. */
const MOST_TEXT_LENGTH = 256;
const LATEST_MS = 8_640_000_000_000_000;

const FOREIGN: ItemReading = { events: [], foreign: true };

const own = (event: WebhookEvent): ItemReading => ({ events: [event], foreign: false });
// What people do concerns the team's own chat bot too, and receipts of its messages look like those of Crier's.
const shared = (event: WebhookEvent): ItemReading => ({ events: [event], foreign: true });

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const instantOf = (ms: unknown): string | undefined =>
  typeof ms === 'number' && ms > 0 && ms < LATEST_MS ? new Date(ms).toISOString() : undefined;

const refIn = (payload: unknown): string | undefined => {
  const text = textIn(payload);
  const ref = text.slice(REF_PREFIX.length);
  return text.startsWith(REF_PREFIX) && REF.test(ref) ? ref : undefined;
};

const pressed = (ref: string, mid: string, { address, at, fields, dedupe }: Told): ItemReading => {
  // A press of before version 11 of the API has no id.
  const pressId = mid || String(fields['timestamp']);
  const name = dedupe('pressed', pressId, ref);
  return own({ kind: 'pressed', address, ref, pressId, at, dedupe: name });
};

/** A person who can be written to from now on; `payload`: of the link that brought them. */
const started = (
  { address, at }: Told,
  dedupe: string,
  { payload, text }: { readonly payload?: unknown; readonly text?: unknown },
): ItemReading => {
  const said = textIn(text).slice(0, MOST_TEXT_LENGTH);
  const brought = textIn(payload);
  return shared({
    kind: 'started',
    address,
    ...(brought && { payload: brought }),
    ...(said && { text: said }),
    at,
    dedupe,
  });
};

const refOfLink = (holder: Fields): unknown => fieldsOf(holder['referral'])?.['ref'];

const message = (told: Told): ItemReading => {
  const { mid, text, quick_reply: reply } = told.what;
  const id = textIn(mid);
  const ref = refIn(fieldsOf(reply)?.['payload']);
  if (ref !== undefined) return pressed(ref, id, told);
  const name = told.dedupe('message', id || told.fields['timestamp']);
  return started(told, name, { text, payload: refOfLink(told.what) });
};

/** A message of the Page's own comes back. With a key it is Crier's, and proves that it was sent. */
const echo = ({ what, address, at, dedupe }: Told): ItemReading => {
  const { mid, metadata } = what;
  const id = textIn(mid);
  const key = KEY.test(textIn(metadata)) ? Number(metadata) : NaN;
  if (id === '' || !(key >= LEAST_KEY && key <= MOST_KEY)) return FOREIGN;
  const which = { ids: [id], key };
  return own({ kind: 'receipt', what: 'sent', address, which, at, dedupe: dedupe('echo', id) });
};

const postback = (told: Told): ItemReading => {
  const { mid, payload } = told.what;
  const id = textIn(mid);
  const ref = refIn(payload);
  if (ref !== undefined) return pressed(ref, id, told);
  const name = told.dedupe('postback', id || told.fields['timestamp'], payload);
  return started(told, name, { payload: refOfLink(told.what) });
};

/** Somebody agreed to be written to, or came by a link of the Page's. */
const arrival =
  (kind: 'optin' | 'referral') =>
  (told: Told): ItemReading => {
    const { ref } = told.what;
    return started(told, told.dedupe(kind, told.fields['timestamp'], ref), { payload: ref });
  };

/** Ids are told where Meta has them at hand; the watermark, which covers all before it, always. */
const delivery = ({ what, address, at, dedupe }: Told): ItemReading => {
  const { mids, watermark } = what;
  const given: readonly unknown[] = Array.isArray(mids) ? mids : [];
  const ids = given.map(textIn).filter((id) => id !== '');
  const upTo = instantOf(watermark);
  if (ids.length === 0 && upTo === undefined) return FOREIGN;
  const which = { ...(ids.length > 0 && { ids }), ...(upTo !== undefined && { upTo }) };
  const name = dedupe('delivery', watermark, ...ids);
  return shared({ kind: 'receipt', what: 'delivered', address, which, at, dedupe: name });
};

const read = ({ what: { watermark }, address, at, dedupe }: Told): ItemReading => {
  const upTo = instantOf(watermark);
  if (upTo === undefined) return FOREIGN;
  const name = dedupe('read', watermark);
  return shared({ kind: 'receipt', what: 'opened', address, which: { upTo }, at, dedupe: name });
};

const READERS = {
  message,
  postback,
  optin: arrival('optin'),
  referral: arrival('referral'),
  delivery,
  read,
} satisfies Readonly<Record<string, (told: Told) => ItemReading>>;

const KINDS = Object.keys(READERS) as readonly (keyof typeof READERS)[];

const namer =
  (botId: string, person: string): Told['dedupe'] =>
  (...words) =>
    nameOfEvent('facebook', botId, person, ...words.map(String));

/** What one event tells; all that Crier does not know is for others. */
export const readItem = ({ fields, botId, now }: Item): ItemReading => {
  const kind = KINDS.find((each) => fieldsOf(fields[each]) !== undefined);
  const what = kind && fieldsOf(fields[kind]);
  if (kind === undefined || what === undefined) return FOREIGN;
  const isEcho = what['is_echo'] === true;
  const address = textIn(fieldsOf(fields[isEcho ? 'recipient' : 'sender'])?.['id']);
  if (!ADDRESS.test(address)) return FOREIGN;
  const at = instantOf(fields['timestamp']) ?? instantOf(what['watermark']) ?? now();
  const told = { what, fields, address, at, dedupe: namer(botId, address) };
  return isEcho ? echo(told) : READERS[kind](told);
};
