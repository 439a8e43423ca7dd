import { isSameSecret, nameOfEvent, type Sender, type WebhookReading } from '@crier/connector';
import { groupIdOf } from '../account.ts';
import { fieldsIn } from '../calls/vk-answer.ts';

export type Authentic = Extract<WebhookReading, { authentic: true }>;
export type Fields = Readonly<Record<string, unknown>>;

/** One event, with what everything read from it has. */
export interface Callback {
  readonly type: string;
  readonly object: Fields;
  /** The event's own id, a name for ever. */
  readonly id: string;
  readonly dedupe: string;
  /** When it came. */
  readonly now: string;
}

const LATEST_S = 8_640_000_000_000;

/** The body of a call; no fields where it is no JSON object. */
export const bodyFields = (rawBody: Buffer): Fields => {
  try {
    return fieldsIn(JSON.parse(rawBody.toString()));
  } catch {
    return {};
  }
};

/** True where the body names the bot's secret and its community. VK signs nothing. */
export const isAuthentic = (sender: Sender, { secret, group_id: group }: Fields): boolean => {
  const expected = sender.credentials['secret'] ?? '';
  if (expected === '' || typeof secret !== 'string') return false;
  return isSameSecret(expected, secret) && group === groupIdOf(sender);
};

/** VK's first call to a new webhook; it may come without the secret, never with another one. */
export const isConfirmation = (sender: Sender, fields: Fields): boolean => {
  if (fields['type'] !== 'confirmation') return false;
  const { secret, group_id: group } = fields;
  return secret === undefined ? group === groupIdOf(sender) : isAuthentic(sender, fields);
};

/** The event in a body; `undefined` where it names no type. */
export const callbackIn = (sender: Sender, body: Fields, now: string): Callback | undefined => {
  const { type, event_id: given, object } = body;
  if (typeof type !== 'string') return undefined;
  const id = typeof given === 'string' && given !== '' ? given : JSON.stringify(object ?? null);
  const dedupe = nameOfEvent('vk', sender.id, type, id);
  return { type, object: fieldsIn(object), id, dedupe, now };
};

/** The address of somebody, or of a chat. */
export const addressIn = (value: unknown): string | undefined =>
  Number.isSafeInteger(value) && value !== 0 ? String(value) : undefined;

/** The time of an event in seconds, or that of its arrival. */
export const instant = (seconds: unknown, now: string): string =>
  typeof seconds === 'number' && seconds > 0 && seconds < LATEST_S
    ? new Date(seconds * 1000).toISOString()
    : now;
