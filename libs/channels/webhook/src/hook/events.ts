import { nameOfEvent, type WebhookEvent } from '@crier/connector';
import { REF_PREFIX } from '../content/buttons.ts';
import type { Fields } from '../json.ts';

/** What a reading is made with. */
export interface Reading {
  readonly botId: string;
  /** Dates what has no time of its own, and what claims to be of the future. */
  readonly now: string;
}

/** One event, with what every one of them has. */
interface Told {
  readonly fields: Fields;
  readonly address: string;
  readonly at: string;
  readonly dedupe: string;
}

type Reader = (told: Told) => WebhookEvent | undefined;

const MOST_ADDRESS_LENGTH = 256;
const MOST_ID_LENGTH = 128;
/** More of what people write is not looked at. */
const MOST_TEXT_LENGTH = 256;
const MOST_NAME_LENGTH = 256;
const REF = /^[\w-]{1,62}$/;
const CURRENCY = /^[A-Z]{3}$/;

const textIn = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= most ? value : undefined;

/** A field of the same name, cut; none where there is nothing in it. */
const words = <Name extends string>(
  fields: Fields,
  name: Name,
  most: number,
): Partial<Record<Name, string>> => {
  const value = fields[name];
  return typeof value === 'string' && value !== ''
    ? ({ [name]: value.slice(0, most) } as Partial<Record<Name, string>>)
    : {};
};

const refIn = ({ ref }: Fields): string | undefined => {
  const written = typeof ref === 'string' && ref.startsWith(REF_PREFIX) ? ref : '';
  const own = written.slice(REF_PREFIX.length);
  return REF.test(own) ? own : undefined;
};

const receipt =
  (what: 'delivered' | 'opened'): Reader =>
  ({ fields, ...told }) => {
    const id = textIn(fields['id'], MOST_ID_LENGTH);
    const { key } = fields;
    const which = {
      ...(id === undefined ? {} : { ids: [id] }),
      ...(Number.isSafeInteger(key) ? { key: Number(key) } : {}),
    };
    return Object.keys(which).length === 0 ? undefined : { kind: 'receipt', what, which, ...told };
  };

const status =
  (now: 'blocked' | 'unsubscribed'): Reader =>
  ({ address, at, dedupe }) => ({ kind: 'status', address, status: now, at, dedupe });

const pressed: Reader = ({ fields, ...told }) => {
  const ref = refIn(fields);
  return ref === undefined ? undefined : { kind: 'pressed', ref, pressId: told.dedupe, ...told };
};

const started: Reader = ({ fields, ...told }) => ({
  kind: 'started',
  ...words(fields, 'firstName', MOST_NAME_LENGTH),
  ...words(fields, 'lastName', MOST_NAME_LENGTH),
  ...words(fields, 'language', MOST_NAME_LENGTH),
  ...words(fields, 'payload', MOST_TEXT_LENGTH),
  ...words(fields, 'text', MOST_TEXT_LENGTH),
  ...told,
});

const message: Reader = ({ fields, ...told }) => ({
  kind: 'active',
  ...words(fields, 'text', MOST_TEXT_LENGTH),
  ...told,
});

const paid: Reader = ({ fields, ...told }) => {
  const ref = refIn(fields);
  const { amount, currency } = fields;
  const paymentId = textIn(fields['paymentId'], MOST_ID_LENGTH);
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0) return undefined;
  if (typeof currency !== 'string' || !CURRENCY.test(currency) || !paymentId) return undefined;
  const button = ref === undefined ? {} : { ref };
  return { kind: 'paid', ...button, amount, currency, paymentId, ...told };
};

const READERS: Readonly<Record<string, Reader>> = {
  delivered: receipt('delivered'),
  opened: receipt('opened'),
  pressed,
  blocked: status('blocked'),
  unsubscribed: status('unsubscribed'),
  started,
  message,
  paid,
};

/** Events that are about the receiver's dealings with Crier, and nobody else's. */
const OURS: ReadonlySet<string> = new Set(['receipt', 'pressed']);

// An older word about a person never wins, so one from the future would win for ever.
const instantIn = (value: unknown, now: string): string => {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) || ms > Date.parse(now) ? now : new Date(ms).toISOString();
};

/** What one event tells; `undefined`: it is none that Crier knows. */
export const readEvent = (fields: Fields, { botId, now }: Reading): WebhookEvent | undefined => {
  const { type, at } = fields;
  const address = textIn(fields['to'], MOST_ADDRESS_LENGTH);
  const eventId = textIn(fields['eventId'], MOST_ID_LENGTH);
  if (address === undefined || eventId === undefined || typeof type !== 'string') return undefined;
  const dedupe = nameOfEvent('webhook', botId, type, address, eventId);
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read?.({ fields, address, at: instantIn(at, now), dedupe });
};

/** Whether the team's own software may want to hear of it, too. */
export const isForeign = (event: WebhookEvent | undefined): boolean =>
  event === undefined || !OURS.has(event.kind);
