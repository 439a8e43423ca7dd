import { readRef, type Receipt, type ReceiptMessage, type Ref } from '@crier/contracts';
import { LRUCache } from 'lru-cache';
import { keyOf } from './licences.ts';
import type { SentMessage, SentMessages } from './sent-messages.ts';

/** One receipt at its place; `sent` only proves. */
export interface PlacedReceipt {
  readonly broadcastId: string;
  readonly lane: number;
  readonly receipt: Omit<Receipt, 'kind'> & { readonly kind: ReceiptMessage['kind'] };
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
  { broadcastId, lane, index }: { broadcastId: string; lane: number; index: number },
  { kind, at, dedupe }: ReceiptMessage,
  button?: number,
): PlacedReceipt => ({
  broadcastId,
  lane,
  receipt: { index, kind, at, dedupe, ...(button === undefined ? {} : { button }) },
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

/** Finds the places that receipts speak of. */
export class Correlation {
  readonly #refSecret: string;
  readonly #sent: SentMessages;

  constructor(refSecret: string, sent: SentMessages) {
    this.#refSecret = refSecret;
    this.#sent = sent;
  }

  /** The places that a receipt speaks of, as far as what was sent is known. @throws Unavailable */
  async find(message: ReceiptMessage): Promise<Findings> {
    const ref = message.ref === undefined ? undefined : readRef(this.#refSecret, message.ref);
    if (message.ref !== undefined && !ref) return NOTHING;
    if (ref?.index !== undefined)
      return found(placed({ ...ref, index: ref.index }, message, buttonOf(message, ref)));
    if (message.contactId === undefined) return NOTHING;
    const sent = await this.#sent.to(message.contactId);
    const own = sent.filter(({ botId }) => botId === message.botId);
    return ref ? pressedAt(own, ref, message) : told(own, message);
  }
}

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
