import type { WebhookRow } from '@crier/connector/testing';

/** When calls arrive: a time for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';
/** The person of all the calls. */
export const address = 'ann@shop.example';

const at = '2026-12-01T08:59:58.250Z';
const ref = 'eyJhIjoxfQ-_0123456789';

type Events = readonly object[];

const event = (type: string, more: object = {}): object => ({
  type,
  to: address,
  at,
  eventId: `e-${type}`,
  ...more,
});
const row = (
  title: string,
  events: readonly unknown[],
  { told = [], foreign }: { readonly told?: Events; readonly foreign: boolean },
): WebhookRow => ({
  title,
  body: JSON.stringify({ events }),
  reading: { events: told, foreign } as unknown as WebhookRow['reading'],
});
const ours = (...told: Events) => ({ told, foreign: false });
const shared = (...told: Events) => ({ told, foreign: true });
const nothing = { foreign: true };

const delivered = { kind: 'receipt', what: 'delivered', address, which: { ids: ['m-1'] }, at };
const pressed = { kind: 'pressed', address, ref, at };

/** Calls of receivers as the README describes them, and what they say. */
export const updates: readonly WebhookRow[] = [
  row('a delivery', [event('delivered', { id: 'm-1' })], ours(delivered)),
  row(
    'an opening, by id and key',
    [event('opened', { id: 'm-1', key: -77 })],
    ours({ ...delivered, what: 'opened', which: { ids: ['m-1'], key: -77 } }),
  ),
  row(
    'a delivery by key alone',
    [event('delivered', { key: 77 })],
    ours({ ...delivered, which: { key: 77 } }),
  ),
  row('a delivery of nothing', [event('delivered')], nothing),
  row('a press', [event('pressed', { ref: `c:${ref}` })], ours(pressed)),
  row('a press of somebody else’s button', [event('pressed', { ref: 'menu' })], nothing),
  row('a press without a word', [event('pressed')], nothing),
  row('a block', [event('blocked')], shared({ kind: 'status', address, status: 'blocked', at })),
  row(
    'an unsubscription',
    [event('unsubscribed')],
    shared({ kind: 'status', address, status: 'unsubscribed', at }),
  ),
  row(
    'a start',
    [event('started', { firstName: 'Ann', lastName: 'Lee', language: 'uk', payload: 'spring' })],
    shared({
      kind: 'started',
      address,
      firstName: 'Ann',
      lastName: 'Lee',
      language: 'uk',
      payload: 'spring',
      at,
    }),
  ),
  row('a start of somebody unnamed', [event('started')], shared({ kind: 'started', address, at })),
  row(
    'what somebody wrote, at most 256 characters of it',
    [event('message', { text: 'x'.repeat(300) })],
    shared({ kind: 'active', address, text: 'x'.repeat(256), at }),
  ),
  row(
    'a payment for a button',
    [event('paid', { ref: `c:${ref}`, amount: 4200, currency: 'UAH', paymentId: 'p-1' })],
    shared({ kind: 'paid', address, ref, amount: 4200, currency: 'UAH', paymentId: 'p-1', at }),
  ),
  row(
    'a payment for something else',
    [event('paid', { amount: 0, currency: 'EUR', paymentId: 'p-2' })],
    shared({ kind: 'paid', address, amount: 0, currency: 'EUR', paymentId: 'p-2', at }),
  ),
  row(
    'a payment of half a cent',
    [event('paid', { amount: 0.5, currency: 'EUR', paymentId: 'p' })],
    nothing,
  ),
  row(
    'a payment in no currency',
    [event('paid', { amount: 5, currency: 'euro', paymentId: 'p' })],
    nothing,
  ),
  row('a payment without a name', [event('paid', { amount: 5, currency: 'EUR' })], nothing),
  row(
    'an event that carries no time',
    [event('delivered', { id: 'm-1', at: undefined })],
    ours({ ...delivered, at: ARRIVAL }),
  ),
  row(
    'an event of no time at all',
    [event('delivered', { id: 'm-1', at: 'yesterday' })],
    ours({ ...delivered, at: ARRIVAL }),
  ),
  row(
    'an event of the future',
    [event('blocked', { at: '2036-12-01T09:00:00Z' })],
    shared({ kind: 'status', address, status: 'blocked', at: ARRIVAL }),
  ),
  row(
    'several events, and what it does not know among them',
    [
      event('delivered', { id: 'm-1' }),
      7,
      null,
      event('dance'),
      event('toString'),
      event('pressed', { ref: `c:${ref}` }),
    ],
    shared(delivered, pressed),
  ),
  row('an event about nobody', [event('blocked', { to: undefined })], nothing),
  row('an event that cannot be told from others', [event('blocked', { eventId: '' })], nothing),
  row('a call of nothing', [], ours()),
  {
    title: 'a call of something else',
    body: '{"update":1}',
    reading: { events: [], foreign: true },
  },
];
