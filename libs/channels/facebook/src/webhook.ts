import {
  isSameSecret,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import { createHmac } from 'node:crypto';
import { fieldsOf, parsed, type Fields } from './calls/classify.ts';
import { readItem, type Item, type ItemReading } from './webhook-items.ts';

type Authentic = Extract<WebhookReading, { authentic: true }>;

const SIGNATURE_HEADER = 'x-hub-signature-256';
const MOST_BYTES = 1024 * 1024;
const CHALLENGE = /^[\w-]{1,256}$/;

const FOREIGN: Authentic = { authentic: true, events: [], foreign: true };
const FORGED: WebhookReading = { authentic: false };

/** Meta's own first call to a new webhook: answered with its challenge where it names the verify token. */
const readVerification = (sender: Sender, { query }: WebhookRequest): WebhookReading => {
  const token = sender.credentials['verifyToken'] ?? '';
  const challenge = query['hub.challenge'] ?? '';
  if (token === '' || query['hub.mode'] !== 'subscribe' || !CHALLENGE.test(challenge))
    return FORGED;
  return isSameSecret(token, query['hub.verify_token'] ?? '')
    ? { authentic: true, events: [], foreign: false, answer: challenge }
    : FORGED;
};

const isAuthentic = ({ credentials }: Sender, { headers, rawBody }: WebhookRequest): boolean => {
  const secret = credentials['appSecret'] ?? '';
  const given = headers[SIGNATURE_HEADER];
  if (secret === '' || given === undefined) return false;
  const expected = createHmac('sha256', secret).update(rawBody).digest('hex');
  return isSameSecret(`sha256=${expected}`, given.toLowerCase());
};

const listIn = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];

const OTHERS: ItemReading = { events: [], foreign: true };

/** What one entry holds for this Page; those of the app's other Pages, and of other kinds, are for others. */
const readEntry = (entry: Fields, pageId: string, item: Omit<Item, 'fields'>): ItemReading[] => {
  const messaging = listIn(entry['messaging']);
  const isOurs = pageId !== '' && entry['id'] === pageId && messaging.length > 0;
  if (!isOurs) return [OTHERS];
  const rest = listIn(entry['standby']).length > 0 || entry['changes'] !== undefined;
  const read = messaging.map((each) => {
    const fields = fieldsOf(each);
    return fields === undefined ? OTHERS : readItem({ ...item, fields });
  });
  return rest ? [...read, OTHERS] : read;
};

const joined = (readings: readonly ItemReading[]): Authentic => ({
  authentic: true,
  events: readings.flatMap(({ events }): readonly WebhookEvent[] => events),
  foreign: readings.some(({ foreign }) => foreign),
});

/** Reads a call to the webhook; `now` dates what has no time of its own. */
export const readCall = (
  sender: Sender,
  request: WebhookRequest,
  now: () => string,
): WebhookReading => {
  if (request.method === 'GET') return readVerification(sender, request);
  if (!isAuthentic(sender, request)) return FORGED;
  if (request.rawBody.length > MOST_BYTES) return FOREIGN;
  const call = fieldsOf(parsed(request.rawBody.toString()));
  const entries = listIn(call?.['entry']);
  if (call?.['object'] !== 'page' || entries.length === 0) return FOREIGN;
  const pageId = sender.credentials['pageId'] ?? '';
  const item = { botId: sender.id, now };
  return joined(entries.flatMap((entry) => readEntry(fieldsOf(entry) ?? {}, pageId, item)));
};
