import type { WebhookRow } from '@crier/connector/testing';

/** A time of arrival, for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';
/** The Page of all the calls. */
export const PAGE = '301234567890123';
/** The person of all the calls. */
export const PSID = '25412544777777291';

const OTHER_PAGE = '301234567890999';
const TIME = 1458692752478;
const at = '2016-03-23T00:25:52.478Z';
const UNTIL = 1458668856253;
const upTo = '2016-03-22T17:47:36.253Z';
const address = PSID;

const events = (...some: readonly object[]): WebhookRow['reading'] =>
  ({ events: some, foreign: true }) as unknown as WebhookRow['reading'];
const ours = (...some: readonly object[]): WebhookRow['reading'] => ({
  ...events(...some),
  foreign: false,
});
const foreign: WebhookRow['reading'] = { events: [], foreign: true };

const fromPerson = { sender: { id: PSID }, recipient: { id: PAGE }, timestamp: TIME };
const fromPage = { sender: { id: PAGE }, recipient: { id: PSID }, timestamp: TIME };

/** A call that holds these events of the Page. */
export const callOf = (...items: readonly unknown[]): string =>
  JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: TIME, messaging: items }] });

const told = (
  title: string,
  fields: object,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({ title, body: callOf({ ...fromPerson, ...fields }), reading });
const echoed = (
  title: string,
  metadata: unknown,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({
  title,
  body: callOf({
    ...fromPage,
    message: { is_echo: true, app_id: 901234567890123, mid: 'm_echo', text: 'Hi', metadata },
  }),
  reading,
});
const whole = (
  title: string,
  call: object,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({ title, body: JSON.stringify(call), reading });

const postback = (payload: unknown, more: object = {}) => ({
  postback: { mid: 'm_press', title: 'Go', payload, ...more },
});
const delivered = { delivery: { mids: ['m_1', 'm_2'], watermark: UNTIL } };
const proof = (key: number) => ({
  kind: 'receipt',
  what: 'sent',
  address,
  which: { ids: ['m_echo'], key },
  at,
});

/** Calls to the webhook, and what they say. */
export const updates: readonly WebhookRow[] = [
  told(
    'a press of our button',
    postback('c:AbC-_1'),
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId: 'm_press', at }),
  ),
  told(
    'a press of our button without an id',
    postback('c:AbC-_1', { mid: undefined }),
    ours({ kind: 'pressed', ref: 'AbC-_1', pressId: String(TIME) }),
  ),
  told(
    'a press of our quick reply',
    { message: { mid: 'm_reply', text: 'Go', quick_reply: { payload: 'c:AbC-_1' } } },
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId: 'm_reply', at }),
  ),
  told(
    "a press of somebody else's button",
    postback('m:7f3a:2'),
    events({ kind: 'started', address, at }),
  ),
  told('a press with a broken ref', postback('c:a b'), events({ kind: 'started', address })),
  told(
    'a first press, of somebody who came by a link',
    postback('GET_STARTED', { referral: { ref: 'spring', source: 'SHORTLINK' } }),
    events({ kind: 'started', address, payload: 'spring', at }),
  ),
  told(
    'a word',
    { message: { mid: 'm_word', text: 'hello' } },
    events({ kind: 'started', address, text: 'hello', at }),
  ),
  told(
    'many words',
    { message: { mid: 'm_word', text: 'x'.repeat(2000) } },
    events({ kind: 'started', text: 'x'.repeat(256) }),
  ),
  told(
    'a picture of no time',
    { timestamp: 'yesterday', message: { mid: 'm_2', attachments: [{ type: 'image' }] } },
    events({ kind: 'started', address, at: ARRIVAL }),
  ),
  told(
    'an agreement',
    { optin: { ref: 'footer' } },
    events({ kind: 'started', payload: 'footer' }),
  ),
  told(
    'a link followed by somebody known',
    { referral: { ref: 'spring', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
    events({ kind: 'started', address, payload: 'spring', at }),
  ),
  told(
    'a delivery of some',
    delivered,
    events({ kind: 'receipt', what: 'delivered', address, which: { ids: ['m_1', 'm_2'], upTo } }),
  ),
  told(
    'a delivery of all until then',
    { timestamp: undefined, delivery: { watermark: UNTIL } },
    events({ kind: 'receipt', what: 'delivered', address, which: { upTo }, at: upTo }),
  ),
  told('a delivery of nothing', { delivery: { watermark: 'yesterday', mids: [5] } }),
  told(
    'a reading',
    { read: { watermark: UNTIL } },
    events({ kind: 'receipt', what: 'opened', address, which: { upTo }, at }),
  ),
  told('a reading of no time', { read: {} }),
  echoed('an echo of our message', '1001', ours(proof(1001))),
  echoed('an echo with the least key', '-2147483648', ours(proof(-2147483648))),
  echoed('an echo of the team’s message', undefined),
  echoed('an echo with words in it', 'order-5'),
  echoed('an echo with a number in it', 1001),
  echoed('an echo with no key', '0'),
  echoed('an echo with too large a key', '4294967296'),
  told('a breach of policy', {
    'policy-enforcement': { action: 'block', reason: 'The bot violated our policies.' },
  }),
  told('a reaction', { reaction: { mid: 'm_1', action: 'react', emoji: '❤' } }),
  told('a message of nobody', { sender: { id: 5 }, message: { mid: 'm_3', text: 'x' } }),
  told('an agreement of nobody we know', { sender: undefined, optin: { user_ref: 'u' } }),
  told('something new', { constructor: { id: 1 } }),
  whole('a call about another Page', {
    object: 'page',
    entry: [{ id: OTHER_PAGE, time: TIME, messaging: [{ ...fromPerson, ...postback('c:AbC') }] }],
  }),
  whole('a call about something else', { object: 'instagram', entry: [{ id: PAGE }] }),
  whole('a call about nothing', { object: 'page', entry: [] }),
  whole('a broken entry', { object: 'page', entry: [null, { id: PAGE, messaging: [null] }] }),
  whole('a thread that another app has in hand', {
    object: 'page',
    entry: [{ id: PAGE, time: TIME, standby: [{ ...fromPerson, ...postback('c:AbC') }] }],
  }),
  whole(
    'several Pages, and several events of one, in one call',
    {
      object: 'page',
      entry: [
        {
          id: PAGE,
          messaging: [
            { ...fromPerson, ...postback('c:One') },
            { ...fromPerson, ...delivered },
          ],
        },
        { id: OTHER_PAGE, messaging: [{ ...fromPerson, ...delivered }] },
        { id: PAGE, messaging: [{ ...fromPerson, ...postback('c:Two', { mid: 'm_two' }) }] },
      ],
    },
    events(
      { kind: 'pressed', ref: 'One' },
      { kind: 'receipt', what: 'delivered' },
      { kind: 'pressed', ref: 'Two' },
    ),
  ),
  whole(
    'several presses of ours in one call',
    {
      object: 'page',
      entry: [
        { id: PAGE, messaging: [{ ...fromPerson, ...postback('c:One') }] },
        { id: PAGE, messaging: [{ ...fromPerson, ...postback('c:Two', { mid: 'm_two' }) }] },
      ],
    },
    ours({ kind: 'pressed', ref: 'One' }, { kind: 'pressed', ref: 'Two' }),
  ),
];
