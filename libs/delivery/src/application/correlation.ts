import { readRef, type Receipt, type ReceiptMessage, type Ref } from '@crier/contracts';
import { keyOf } from './licences.ts';
import type { SentMessage, SentMessages } from './sent-messages.ts';

/** One receipt at its place; `sent` only proves. */
export interface PlacedReceipt {
  readonly broadcastId: string;
  readonly lane: number;
  readonly receipt: Omit<Receipt, 'kind'> & { readonly kind: ReceiptMessage['kind'] };
}

/** A messenger's own message ids are whole numbers of any size. */
const isUpTo = (id: string, highest: string): boolean =>
  /^\d{1,30}$/.test(id) && /^\d{1,30}$/.test(highest) && BigInt(id) <= BigInt(highest);

const MOST_PARTS = 20;

const carriesKey = (broadcastId: string, key: number): boolean =>
  Array.from({ length: MOST_PARTS }, (_none, part) => keyOf(broadcastId, part)).includes(key);

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
  if (key !== undefined && carriesKey(message.broadcastId, key)) return true;
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

  /**
   * Where a receipt belongs; nowhere: `undefined` may change while the messages to this person are not all known, `[]` will
   * not. @throws Unavailable
   */
  async places(message: ReceiptMessage): Promise<readonly PlacedReceipt[] | undefined> {
    const ref = message.ref === undefined ? undefined : readRef(this.#refSecret, message.ref);
    if (message.ref !== undefined && !ref) return [];
    if (ref?.index !== undefined)
      return [placed({ ...ref, index: ref.index }, message, buttonOf(message, ref))];
    if (message.contactId === undefined) return [];
    const sent = await this.#sent.to(message.contactId);
    const own = sent.filter(({ botId }) => botId === message.botId);
    if (ref) return pressedAt(own, ref, message);
    const about = own.filter((one) => isAbout(message, one));
    if (about.length === 0) return undefined;
    return about.filter((one) => isNews(message, one)).map((one) => placed(one, message));
  }
}

const buttonOf = ({ kind }: ReceiptMessage, { button }: Ref): number | undefined =>
  kind === 'clicked' ? button : undefined;

/** The ref is the same for everybody in the lane: the contact tells the place. */
const pressedAt = (
  sent: readonly SentMessage[],
  ref: Ref,
  message: ReceiptMessage,
): readonly PlacedReceipt[] | undefined => {
  const place = sent.find(
    ({ broadcastId, lane }) => broadcastId === ref.broadcastId && lane === ref.lane,
  );
  return place && [placed(place, message, buttonOf(message, ref))];
};
