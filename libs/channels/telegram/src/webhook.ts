import {
  isSameSecret,
  nameOfEvent,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import type {
  CallbackQuery,
  ChatMemberUpdated,
  Message,
  PreCheckoutQuery,
  Update,
} from '@grammyjs/types';
import { REF_PREFIX } from './content/keyboard-template.ts';
import { checkoutIn, paidIn } from './payments.ts';
import type { Unchecked } from './unchecked.ts';

type Authentic = Extract<WebhookReading, { authentic: true }>;
/** What every event of an update has. */
interface Common {
  readonly dedupe: string;
  readonly now: () => string;
}

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const MOST_BYTES = 1024 * 1024;
const REF = /^[\w-]{1,62}$/;
const START = /^\/start(?:@\w+)?(?:\s+(\S{1,64}))?\s*$/;
/** More of what people write is not looked at. */
const MOST_TEXT_LENGTH = 256;
const LATEST_SECOND = 8_640_000_000_000;

const FOREIGN: Authentic = { authentic: true, events: [], foreign: true };

const isAuthentic = ({ credentials }: Sender, { headers }: WebhookRequest): boolean => {
  const secret = credentials['webhookSecret'];
  const given = headers[SECRET_HEADER];
  return (
    secret !== undefined && secret !== '' && given !== undefined && isSameSecret(secret, given)
  );
};

const parsed = (body: Buffer): Unchecked<Update> | undefined => {
  if (body.length > MOST_BYTES) return undefined;
  try {
    const update: unknown = JSON.parse(body.toString());
    return typeof update === 'object' && update !== null ? update : undefined;
  } catch {
    return undefined;
  }
};

const addressOf = (id: unknown): string | undefined =>
  Number.isSafeInteger(id) ? String(id) : undefined;

/**
 * Telegram tells whole seconds: the end of that second, or an unblock would look older than the refusal that was noted within it.
 */
const instant = (seconds: unknown, now: () => string): string =>
  typeof seconds === 'number' && seconds > 0 && seconds < LATEST_SECOND
    ? new Date(seconds * 1000 + 999).toISOString()
    : now();

const textOrNone = <Name extends string>(
  name: Name,
  value: unknown,
): Partial<Record<Name, string>> =>
  (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as Partial<
    Record<Name, string>
  >;

const pressedBy = (query: Unchecked<CallbackQuery>, common: Common): Authentic => {
  const { id, data, from, message } = query;
  const address = addressOf(message?.chat?.id ?? from?.id);
  if (typeof data !== 'string' || typeof id !== 'string' || address === undefined) return FOREIGN;
  const ref = data.slice(REF_PREFIX.length);
  if (!data.startsWith(REF_PREFIX) || !REF.test(ref)) return FOREIGN;
  // A press carries no time of its own.
  const { dedupe, now } = common;
  const press: WebhookEvent = { kind: 'pressed', address, ref, pressId: id, at: now(), dedupe };
  return { authentic: true, events: [press], foreign: false };
};

/** A payment of ours is approved in the answer to this very call; everybody else's is the team's to answer. */
const askedToPay = (query: Unchecked<PreCheckoutQuery>, { dedupe, now }: Common): Authentic => {
  const address = addressOf(query.from?.id);
  const event =
    address === undefined ? undefined : checkoutIn(query, { address, at: now(), dedupe });
  return event ? { authentic: true, events: [event], foreign: false } : FOREIGN;
};

// A person's block or unblock, and all that people write, concerns the team's own chat bot too.
const ofPrivate = (...events: readonly WebhookEvent[]): Authentic => ({ ...FOREIGN, events });

const membershipIn = (change: Unchecked<ChatMemberUpdated>, common: Common): Authentic => {
  const address = addressOf(change.chat?.id);
  const member: string | undefined = change.new_chat_member?.status;
  if (change.chat?.type !== 'private' || address === undefined) return FOREIGN;
  if (member !== 'kicked' && member !== 'member') return FOREIGN;
  return ofPrivate({
    kind: 'status',
    address,
    status: member === 'kicked' ? 'blocked' : 'enabled',
    at: instant(change.date, common.now),
    dedupe: common.dedupe,
  });
};

interface Happened {
  readonly address: string;
  readonly at: string;
  readonly dedupe: string;
}

const activeIn = ({ text, successful_payment }: Unchecked<Message>, when: Happened): Authentic => {
  const said = typeof text === 'string' && text !== '' ? text.slice(0, MOST_TEXT_LENGTH) : '';
  const active: WebhookEvent = { kind: 'active', ...when, ...(said && { text: said }) };
  const paid = paidIn(successful_payment, when);
  return paid ? ofPrivate(active, paid) : ofPrivate(active);
};

const messageIn = (message: Unchecked<Message>, { dedupe, now }: Common): Authentic => {
  const address = addressOf(message.chat?.id);
  if (message.chat?.type !== 'private' || address === undefined) return FOREIGN;
  const when = { address, at: instant(message.date, now), dedupe };
  const start = typeof message.text === 'string' ? START.exec(message.text) : null;
  if (start === null) return activeIn(message, when);
  return ofPrivate({
    kind: 'started',
    ...when,
    ...textOrNone('firstName', message.from?.first_name),
    ...textOrNone('lastName', message.from?.last_name),
    ...textOrNone('language', message.from?.language_code),
    ...textOrNone('payload', start[1]),
  });
};

/** Reads an update that Telegram sent to the webhook; `now` dates what has no time of its own. */
export const readUpdate = (
  sender: Sender,
  request: WebhookRequest,
  now: () => string,
): WebhookReading => {
  if (!isAuthentic(sender, request)) return { authentic: false };
  const update = parsed(request.rawBody);
  if (update === undefined || !Number.isSafeInteger(update.update_id)) return FOREIGN;
  const dedupe = nameOfEvent('telegram', sender.id, String(update.update_id));
  const common = { dedupe, now };

  if (update.callback_query) return pressedBy(update.callback_query, common);
  if (update.pre_checkout_query) return askedToPay(update.pre_checkout_query, common);
  if (update.my_chat_member) return membershipIn(update.my_chat_member, common);
  return update.message ? messageIn(update.message, common) : FOREIGN;
};
