import { readRef, type Receipt, type ReceiptMessage, type Ref } from '@crier/contracts';
import { LRUCache } from 'lru-cache';
import { keyOf } from './licences.ts';
import type { SentMessage, SentMessages } from './sent-messages.ts';

/** One receipt at its place; `sent` only proves. */
export interface PlacedReceipt {
  readonly broadcastId: string;
  readonly lane: number;
  readonly receipt: Omit<Receipt, 'kind'> & { readonly kind: ReceiptMessage['kind'] };
  /** The place is not known to be sent, of which this is a proof. */
  readonly isProof: boolean;
  /** The message that it named, where that is not known there yet. */
  readonly named?: { readonly id: string; readonly at: number };
}

/** What a receipt is known to speak of now. */
export interface Findings {
  readonly places: readonly PlacedReceipt[];
  /** More may be found later: something sent to this person is not known to be. */
  readonly isOpen: boolean;
}

const found = (...places: readonly PlacedReceipt[]): Findings => ({ places, isOpen: false });
const NOTHING: Findings = found();

/** A messenger's own message ids are whole numbers of any size. */
const isUpTo = (id: string, highest: string): boolean =>
  /^\d{1,30}$/.test(id) && /^\d{1,30}$/.test(highest) && BigInt(id) <= BigInt(highest);

/** Of one content: fifty elements, of which one may take several messages. */
const MOST_PARTS = 256;

const KEPT_BROADCASTS = 500;

/** The keys of a broadcast's parts: hashed once, not for each receipt. */
const keysOfParts = new LRUCache<string, ReadonlySet<number>>({
  max: KEPT_BROADCASTS,
  memoMethod: (broadcastId) =>
    new Set(Array.from({ length: MOST_PARTS }, (_none, part) => keyOf(broadcastId, part))),
});

const placed = (
  place: { broadcastId: string; lane: number; index: number; isSent?: boolean },
  { kind, at, dedupe }: ReceiptMessage,
  button?: number,
): PlacedReceipt => ({
  broadcastId: place.broadcastId,
  lane: place.lane,
  isProof: place.isSent !== true,
  receipt: { index: place.index, kind, at, dedupe, ...(button === undefined ? {} : { button }) },
});

/** Whether a receipt speaks of what was sent to a place. */
const isAbout = ({ which = {} }: ReceiptMessage, message: SentMessage): boolean => {
  const { ids, upToId, upTo, key } = which;
  if (key !== undefined && keysOfParts.memo(message.broadcastId).has(key)) return true;
  return message.accepted.some(
    ({ id, at }) =>
      (ids?.includes(id) ?? false) ||
      (upToId !== undefined && isUpTo(id, upToId)) ||
      (upTo !== undefined && at !== undefined && at <= Date.parse(upTo)),
  );
};

/** A watermark says of older messages again what was said before; that is no news. */
const isNews = ({ kind, which = {} }: ReceiptMessage, message: SentMessage): boolean => {
  if (kind !== 'delivered' && kind !== 'opened') return true;
  const isNamed = message.accepted.some(({ id }) => which.ids?.includes(id) ?? false);
  return isNamed || !message.has(kind);
};

/** A receipt with its ref opened. */
interface Read {
  readonly message: ReceiptMessage;
  readonly ref: Ref | undefined;
  /** Whose messages have to be looked up for it. */
  readonly needs: string | undefined;
}

/** Where people's own messages are looked up: bot → contacts. */
type Wanted = ReadonlyMap<string, readonly string[]>;
type Sent = ReadonlyMap<string, ReadonlyMap<string, readonly SentMessage[]>>;

/** Finds the places that receipts speak of. */
export class Correlation {
  readonly #refSecret: string;
  readonly #sent: SentMessages;

  constructor(refSecret: string, sent: SentMessages) {
    this.#refSecret = refSecret;
    this.#sent = sent;
  }

  /** The places that each of these receipts speaks of, as far as what was sent is known. @throws Unavailable */
  async find(messages: readonly ReceiptMessage[]): Promise<readonly Findings[]> {
    const read = messages.map((message) => this.#read(message));
    const sent = await this.#sentTo(wantedOf(read));
    return read.map((one) => findingsOf(one, sent));
  }

  #read(message: ReceiptMessage): Read {
    const ref = message.ref === undefined ? undefined : readRef(this.#refSecret, message.ref);
    const isForged = message.ref !== undefined && !ref;
    return {
      message,
      ref,
      needs: isForged || ref?.index !== undefined ? undefined : message.contactId,
    };
  }

  async #sentTo(wanted: Wanted): Promise<Sent> {
    const found = new Map<string, ReadonlyMap<string, readonly SentMessage[]>>();
    for (const [botId, contactIds] of wanted)
      found.set(botId, await this.#sent.to(botId, contactIds));
    return found;
  }
}

const wantedOf = (read: readonly Read[]): Wanted => {
  const wanted = new Map<string, string[]>();
  for (const { message, needs } of read) {
    if (needs === undefined) continue;
    const known = wanted.get(message.botId);
    if (known) known.push(needs);
    else wanted.set(message.botId, [needs]);
  }
  return wanted;
};

const findingsOf = ({ message, ref, needs }: Read, sent: Sent): Findings => {
  if (ref?.index !== undefined)
    return found(placed({ ...ref, index: ref.index }, message, buttonOf(message, ref)));
  if (needs === undefined) return NOTHING;
  const own = sent.get(message.botId)?.get(needs) ?? [];
  return ref ? pressedAt(own, ref, message) : told(own, message);
};

const told = (own: readonly SentMessage[], message: ReceiptMessage): Findings => {
  const about = own.filter((one) => isAbout(message, one));
  const places = about
    .filter((one) => isNews(message, one))
    .map((one) => ({ ...placed(one, message), ...newlyNamed(one, message) }));
  // A name that was found says all; a point in time may mean more, and what a proof came to is looked at again.
  const isAll = about.length > 0 && message.which?.ids !== undefined;
  return { places, isOpen: (isAll ? about : own).some((one) => one.isOpen) };
};

/** A receipt of one message by its key tells the id that its own answer did not. */
const newlyNamed = (
  { accepted }: SentMessage,
  { which = {}, at }: ReceiptMessage,
): Pick<PlacedReceipt, 'named'> => {
  const [id, ...others] = which.ids ?? [];
  const isNew = id !== undefined && others.length === 0 && accepted.length === 0;
  return isNew ? { named: { id, at: Date.parse(at) } } : {};
};

const buttonOf = ({ kind }: ReceiptMessage, { button }: Ref): number | undefined =>
  kind === 'clicked' ? button : undefined;

/** The ref is the same for everybody in the lane: the contact tells the place. */
const pressedAt = (sent: readonly SentMessage[], ref: Ref, message: ReceiptMessage): Findings => {
  const place = sent.find(
    ({ broadcastId, lane }) => broadcastId === ref.broadcastId && lane === ref.lane,
  );
  return place ? found(placed(place, message, buttonOf(message, ref))) : NOTHING;
};
