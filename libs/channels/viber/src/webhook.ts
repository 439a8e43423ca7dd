import {
  isSameSecret,
  nameOfEvent,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import { createHmac } from 'node:crypto';
import { REF_PREFIX } from './content/buttons.ts';
import { parseExactly, tokenText } from './exact-json.ts';

type Authentic = Extract<WebhookReading, { authentic: true }>;
type Fields = Readonly<Record<string, unknown>>;

/** One callback, with what every event of it has. */
interface Callback {
  readonly fields: Fields;
  readonly token: string;
  readonly at: string;
  /** A name for ever of what this callback says of this person. */
  readonly dedupe: (address: string, isRepeatable?: boolean) => string;
}

const SIGNATURE_HEADER = 'x-viber-content-signature';
const MOST_BYTES = 1024 * 1024;
const REF = /^[\w-]{1,62}$/;
/** What a press of a link button says: Viber sends its address to the bot as if the person had written it. */
const TRACKED_LINK = /^https?:\/\/\S+\/r\/[\w-]{24,64}$/;
const ADDRESS = /^\S{1,128}$/;
/** More of what people write is not looked at. */
const MOST_TEXT_LENGTH = 256;
const LATEST_MS = 8_640_000_000_000_000;

const FOREIGN: Authentic = { authentic: true, events: [], foreign: true };
/** Viber's own first call to a new webhook. */
const GREETING: Authentic = { authentic: true, events: [], foreign: false };

const isAuthentic = ({ credentials }: Sender, { headers, rawBody }: WebhookRequest): boolean => {
  const token = credentials['token'] ?? '';
  const given = headers[SIGNATURE_HEADER];
  if (token === '' || given === undefined) return false;
  const expected = createHmac('sha256', token).update(rawBody).digest('hex');
  return isSameSecret(expected, given.toLowerCase());
};

const fieldsIn = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const addressIn = (value: unknown): string | undefined =>
  typeof value === 'string' && ADDRESS.test(value) ? value : undefined;

const instant = (ms: unknown, now: () => string): string =>
  typeof ms === 'number' && ms > 0 && ms < LATEST_MS ? new Date(ms).toISOString() : now();

// What people do concerns the team's own chat bot too, and receipts of its messages look like those of Crier's.
const shared = (event: WebhookEvent): Authentic => ({ ...FOREIGN, events: [event] });

/** Viber knows whole names only: the first word is taken for the first name. */
const namesIn = (name: unknown): { readonly firstName?: string; readonly lastName?: string } => {
  const [firstName = '', ...others] = typeof name === 'string' ? name.trim().split(/\s+/) : [];
  const lastName = others.join(' ');
  return { ...(firstName && { firstName }), ...(lastName && { lastName }) };
};

/** A person who can be written to from now on. */
const started = (
  person: Fields,
  address: string,
  { at, dedupe }: Callback,
  said = '',
): Authentic => {
  const { name, language } = person;
  return shared({
    kind: 'started',
    address,
    ...namesIn(name),
    ...(typeof language === 'string' && language !== '' ? { language } : {}),
    ...(said && { text: said.slice(0, MOST_TEXT_LENGTH) }),
    at,
    dedupe: dedupe(address),
  });
};

const active = (address: string, { at, dedupe }: Callback): Authentic =>
  shared({ kind: 'active', address, at, dedupe: dedupe(address) });

const pressed = (ref: string, address: string, callback: Callback): Authentic => {
  const { at, token: pressId, dedupe } = callback;
  const event = { kind: 'pressed', address, ref, pressId, at, dedupe: dedupe(address) } as const;
  return { authentic: true, events: [event], foreign: false };
};

const message = (callback: Callback): Authentic => {
  const person = fieldsIn(callback.fields['sender']);
  const address = addressIn(person['id']);
  if (address === undefined) return FOREIGN;
  const { text } = fieldsIn(callback.fields['message']);
  const said = typeof text === 'string' ? text : '';
  const ref = said.slice(REF_PREFIX.length);
  if (said.startsWith(REF_PREFIX) && REF.test(ref)) return pressed(ref, address, callback);
  // The redirect counts the click.
  if (TRACKED_LINK.test(said)) return { ...active(address, callback), foreign: false };
  // Whoever writes is subscribed by it, and no other callback tells.
  return started(person, address, callback, said);
};

const subscribed = (callback: Callback): Authentic => {
  const person = fieldsIn(callback.fields['user']);
  const address = addressIn(person['id']);
  return address === undefined ? FOREIGN : started(person, address, callback);
};

const unsubscribed = ({ fields, at, dedupe }: Callback): Authentic => {
  const address = addressIn(fields['user_id']);
  return address === undefined
    ? FOREIGN
    : shared({ kind: 'status', address, status: 'unsubscribed', at, dedupe: dedupe(address) });
};

/** Somebody opens the chat. It is no subscription: only one who has subscribed before is known here. */
const conversationStarted = (callback: Callback): Authentic => {
  const address = addressIn(fieldsIn(callback.fields['user'])['id']);
  return address === undefined || callback.fields['subscribed'] !== true
    ? FOREIGN
    : active(address, callback);
};

const receipt = ({ fields, token: id, at, dedupe }: Callback): Authentic => {
  const address = addressIn(fields['user_id']);
  if (address === undefined || id === '') return FOREIGN;
  const told = { kind: 'receipt', address, at, dedupe: dedupe(address, true) } as const;
  return fields['event'] === 'delivered'
    ? shared({ ...told, what: 'delivered', which: { ids: [id] } })
    : // Told once when the chat is opened, however many messages were unread.
      shared({ ...told, what: 'opened', which: { ids: [id], upTo: at } });
};

const READERS: Readonly<Record<string, (callback: Callback) => Authentic>> = {
  webhook: () => GREETING,
  message,
  subscribed,
  unsubscribed,
  conversation_started: conversationStarted,
  delivered: receipt,
  seen: receipt,
};

/** Reads a callback of Viber's; `now` dates what has no time of its own. */
export const readCallback = (
  sender: Sender,
  request: WebhookRequest,
  now: () => string,
): WebhookReading => {
  if (!isAuthentic(sender, request)) return { authentic: false };
  if (request.rawBody.length > MOST_BYTES) return FOREIGN;
  const fields = parseExactly(request.rawBody.toString());
  const event = fields?.['event'];
  if (fields === undefined || typeof event !== 'string' || !Object.hasOwn(READERS, event))
    return FOREIGN;
  const token = tokenText(fields['message_token']);
  const dedupe: Callback['dedupe'] = (address, isRepeatable = false) => {
    // Each of a person's devices reports a delivery, at its own time.
    const time = isRepeatable ? '' : String(fields['timestamp']);
    return nameOfEvent('viber', sender.id, event, token, address, time);
  };
  const at = instant(fields['timestamp'], now);
  return READERS[event]?.({ fields, token, at, dedupe }) ?? FOREIGN;
};
