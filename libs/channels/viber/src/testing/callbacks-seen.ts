import type { WebhookRow } from '@crier/connector/testing';

/** A time of arrival, for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';
/** The person of all the callbacks. */
export const address = '01234567890A=';

/** The times of the samples below. */
const at = '2016-03-12T06:29:57.627Z';
const seenAt = '2016-03-12T06:29:57.900Z';
const token = '4912661846655238145';

const events = (...some: readonly object[]): WebhookRow['reading'] =>
  ({ events: some, foreign: true }) as unknown as WebhookRow['reading'];
const ours = (...some: readonly object[]): WebhookRow['reading'] => ({
  ...events(...some),
  foreign: false,
});
const foreign: WebhookRow['reading'] = { events: [], foreign: true };

/** Bodies as texts, since the tokens in them are larger than JavaScript's numbers. */
const told = (
  title: string,
  body: string,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({
  title,
  body,
  reading,
});
const says = (text: string): string =>
  `{"event": "message", "timestamp": 1457764197627, "message_token": ${token}, "silent": true, "sender": {"id": "${address}", "name": "Ann Mary Lee", "language": "uk"}, "message": {"type": "text", "text": ${JSON.stringify(text)}, "tracking_data": "m:7f3a"}}`;

/**
 * Callbacks as Viber sends them: the samples of its REST API's page (developers.viber.com, "Callbacks") and of the
 * event tests of Viber/viber-bot-python; and what they say.
 */
export const updates: readonly WebhookRow[] = [
  told(
    'a delivery',
    `{"event": "delivered", "timestamp": 1457764197627, "message_token": ${token}, "user_id": "${address}"}`,
    events({ kind: 'receipt', what: 'delivered', address, which: { ids: [token] }, at }),
  ),
  told(
    'an opened chat',
    `{"event": "seen", "timestamp": 1457764197900, "message_token": ${token}, "user_id": "${address}"}`,
    events({
      kind: 'receipt',
      what: 'opened',
      address,
      which: { ids: [token], upTo: seenAt },
      at: seenAt,
    }),
  ),
  told(
    'a failure on the phone',
    `{"event": "failed", "timestamp": 1457764197627, "message_token": ${token}, "user_id": "${address}", "desc": "failure description"}`,
  ),
  told(
    'a subscription',
    `{"event": "subscribed", "timestamp": 1457764197627, "user": {"id": "${address}", "name": "Ann", "avatar": "https://a", "country": "UK", "language": "en", "api_version": 1}, "message_token": ${token}}`,
    events({ kind: 'started', address, firstName: 'Ann', language: 'en', at }),
  ),
  told(
    'the end of a subscription',
    `{"event": "unsubscribed", "timestamp": 1457764197627, "user_id": "${address}", "message_token": ${token}}`,
    events({ kind: 'status', address, status: 'unsubscribed', at }),
  ),
  told(
    'a chat opened by somebody new',
    `{"event": "conversation_started", "timestamp": 1457764197627, "message_token": 1, "type": "open", "context": "deep-link-context", "subscribed": false, "user": {"id": "${address}", "name": "Ann"}}`,
  ),
  told(
    'a chat opened by a subscriber',
    `{"event": "conversation_started", "timestamp": 1457764197627, "message_token": 1, "type": "open", "subscribed": true, "user": {"id": "${address}", "name": "Ann"}}`,
    events({ kind: 'active', address, at }),
  ),
  told(
    'a press of our button',
    says('c:AbC-_1'),
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId: token, at }),
  ),
  told(
    'a press of our link, which the redirect counts',
    says(`https://crier.example/r/${'x'.repeat(38)}`),
    ours({ kind: 'active', address, at }),
  ),
  told(
    "a press of somebody else's button",
    says('m:7f3a:2'),
    events({
      kind: 'started',
      address,
      firstName: 'Ann',
      lastName: 'Mary Lee',
      language: 'uk',
      at,
    }),
  ),
  told('a press with a broken ref', says('c:a b'), events({ kind: 'started', address })),
  told('a link to elsewhere', says('https://a.b/r/x'), events({ kind: 'started', address })),
  told('a word', says('hello'), events({ kind: 'started', address, at })),
  told(
    'a picture of no time',
    `{"event": "message", "timestamp": "yesterday", "message_token": ${token}, "sender": {"id": "${address}"}, "message": {"type": "picture"}}`,
    events({ kind: 'started', address, at: ARRIVAL }),
  ),
  told(
    'a greeting of a new webhook',
    '{"event": "webhook", "timestamp": 1457764197627, "message_token": 241256543215}',
    ours(),
  ),
  told('a message of nobody', '{"event": "message", "sender": {"id": 5}, "message": null}'),
  told('a subscription of nobody', '{"event": "subscribed", "user": []}'),
  told('an end of nobody', '{"event": "unsubscribed", "user_id": ""}'),
  told('a delivery of nothing', `{"event": "delivered", "user_id": "${address}"}`),
  told('something new', '{"event": "constructor"}'),
];
