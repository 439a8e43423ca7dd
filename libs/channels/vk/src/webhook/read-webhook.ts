import type { Sender, WebhookReading, WebhookRequest } from '@crier/connector';
import { refIn } from '../payload.ts';
import {
  addressIn,
  bodyFields,
  callbackIn,
  instant,
  isAuthentic,
  isConfirmation,
  type Authentic,
  type Callback,
} from './callback.ts';
import type { Confirmations } from './confirmations.ts';
import { messageEvent, messageNew, messageRead, messageReply } from './messages.ts';
import { FOREIGN, shared } from './readings.ts';

const MOST_BYTES = 1024 * 1024;
/** VK counts in thousandths of a rouble. */
const THOUSANDTHS_PER_KOPECK = 10;

const permission =
  (status: 'enabled' | 'unsubscribed') =>
  ({ object, dedupe, now: at }: Callback): Authentic => {
    const address = addressIn(object['user_id']);
    return address === undefined
      ? FOREIGN
      : shared({ kind: 'status', address, status, at, dedupe });
  };

const payment = ({ object, id, dedupe, now }: Callback): Authentic => {
  const { amount, date, payload } = object;
  const address = addressIn(object['from_id']);
  if (address === undefined || typeof amount !== 'number') return FOREIGN;
  const ref = refIn(payload);
  return shared({
    kind: 'paid',
    address,
    ...(ref !== undefined && { ref }),
    amount: Math.round(amount / THOUSANDTHS_PER_KOPECK),
    currency: 'RUB',
    paymentId: id.slice(0, 128),
    at: instant(date, now),
    dedupe,
  });
};

const READERS: Readonly<Record<string, (callback: Callback) => Authentic>> = {
  message_new: messageNew,
  message_event: messageEvent,
  message_reply: messageReply,
  message_read: messageRead,
  message_allow: permission('enabled'),
  message_deny: permission('unsubscribed'),
  vkpay_transaction: payment,
};

const confirmed = async (
  sender: Sender,
  confirmations: Confirmations,
): Promise<WebhookReading> => ({
  authentic: true,
  events: [],
  foreign: false,
  answer: (await confirmations.of(sender)) ?? '',
});

/** Reads an event of VK's, or its question whether the webhook is the community's own; `now` dates what has no time. */
export const readWebhook = (
  sender: Sender,
  { rawBody }: WebhookRequest,
  { confirmations, now }: { confirmations: Confirmations; now: () => string },
): WebhookReading | Promise<WebhookReading> => {
  const body = bodyFields(rawBody);
  if (isConfirmation(sender, body)) return confirmed(sender, confirmations);
  if (!isAuthentic(sender, body)) return { authentic: false };
  if (rawBody.length > MOST_BYTES) return FOREIGN;
  const callback = callbackIn(sender, body, now());
  if (callback === undefined || !Object.hasOwn(READERS, callback.type)) return FOREIGN;
  return READERS[callback.type]?.(callback) ?? FOREIGN;
};
