import type { WebhookRow } from '@crier/connector/testing';
import { GROUP_ID, PEER } from './peers.ts';

/** A time of arrival, for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';

const peer = Number(PEER);
const address = PEER;
const SENT_S = 1_764_579_600;
const at = '2025-12-01T09:00:00.000Z';

const shared = (event: object): WebhookRow['reading'] =>
  ({ events: [event], foreign: true, answer: 'ok' }) as unknown as WebhookRow['reading'];
const ours = (event: object): WebhookRow['reading'] => ({ ...shared(event), foreign: false });
const foreign: WebhookRow['reading'] = { events: [], foreign: true, answer: 'ok' };

const row = (
  title: string,
  type: string,
  object: unknown,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({
  title,
  body: JSON.stringify({
    type,
    group_id: GROUP_ID,
    event_id: `id of ${title}`,
    v: '5.199',
    object,
  }),
  reading,
});

const message = (fields: object, clientInfo: object = {}): object => ({
  message: {
    id: 812,
    date: SENT_S,
    peer_id: peer,
    from_id: peer,
    text: '',
    conversation_message_id: 13,
    ...fields,
  },
  client_info: {
    button_actions: ['text', 'vkpay', 'open_app', 'location', 'open_link', 'callback'],
    keyboard: true,
    inline_keyboard: true,
    carousel: true,
    lang_id: 1,
    ...clientInfo,
  },
});
const event = (payload: unknown, fields: object = {}): object => ({
  user_id: peer,
  peer_id: peer,
  event_id: 'e77',
  payload,
  conversation_message_id: 12,
  ...fields,
});
const started = { kind: 'started', address, language: 'uk', at };
const pressId = 'e77';
const CHAT = 2_000_000_007;

/**
 * Events of VK's Callback API: objects as VKCOM/vk-api-schema 5.199 (`callback`, `messages`) and the pages "Callback API"
 * and "Community events" of dev.vk.com show them; and what they say.
 */
export const updates: readonly WebhookRow[] = [
  row('a word', 'message_new', message({ text: 'hello' }), shared({ ...started, text: 'hello' })),
  row(
    'a long word',
    'message_new',
    message({ text: 'x'.repeat(300) }),
    shared({ ...started, text: `${'x'.repeat(255)}…` }),
  ),
  row(
    'the start button',
    'message_new',
    message({ text: 'Начать', payload: '{"command":"start"}', ref: 'spring' }, { lang_id: 0 }),
    shared({ ...started, language: 'ru', text: 'Начать', payload: 'spring' }),
  ),
  row(
    'a message of an older version',
    'message_new',
    { id: 1, date: SENT_S, peer_id: peer, from_id: peer, text: 'hi' },
    shared({ kind: 'started', address, text: 'hi', at }),
  ),
  row(
    'a picture of no time',
    'message_new',
    message({ date: -5 }),
    shared({ ...started, at: ARRIVAL }),
  ),
  row(
    'our button, pressed where presses are words',
    'message_new',
    message({ text: 'Remind me', payload: '{"press":"c:AbC-_1"}' }),
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId: 'said', at }),
  ),
  row(
    "somebody else's button, pressed",
    'message_new',
    message({ text: 'More', payload: '{"button":2}' }),
    shared({ ...started, text: 'More' }),
  ),
  row(
    'a broken ref',
    'message_new',
    message({ text: 'x', payload: '{"press":"c:a b"}' }),
    shared({ ...started, text: 'x' }),
  ),
  row(
    'a word in a chat',
    'message_new',
    message({ peer_id: CHAT, text: 'hi' }),
    shared({ kind: 'active', address: String(CHAT), text: 'hi', at }),
  ),
  row('a word of a community', 'message_new', message({ from_id: -1, peer_id: -1 })),
  row('a message of nobody', 'message_new', null),
  row(
    'a silent press of our button',
    'message_event',
    event({ press: 'c:AbC-_1' }),
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId, at: ARRIVAL }),
  ),
  row(
    'a silent press, its payload in a text',
    'message_event',
    event('{"press":"c:AbC-_1"}'),
    ours({ kind: 'pressed', address, ref: 'AbC-_1', pressId, at: ARRIVAL }),
  ),
  row(
    "a silent press of somebody else's button",
    'message_event',
    event({ m: '7f3a', b: 2 }),
    shared({ kind: 'active', address, at: ARRIVAL }),
  ),
  row('a press of nobody', 'message_event', { payload: { press: 'c:AbC' } }),
  row(
    'a message that VK has',
    'message_reply',
    {
      id: 811,
      date: SENT_S,
      peer_id: peer,
      from_id: -GROUP_ID,
      text: 'Hi',
      out: 1,
      random_id: 73_310_142,
      conversation_message_id: 12,
    },
    shared({
      kind: 'receipt',
      what: 'sent',
      address,
      which: { ids: ['811'], key: 73_310_142 },
      at,
    }),
  ),
  row('a message of a person of the team', 'message_reply', {
    id: 811,
    date: SENT_S,
    peer_id: peer,
    from_id: -GROUP_ID,
    admin_author_id: 5,
    text: 'Hi',
    out: 1,
    random_id: 0,
  }),
  row(
    'an opened chat',
    'message_read',
    { from_id: peer, peer_id: peer, read_message_id: 811, conversation_message_id: 12 },
    shared({ kind: 'receipt', what: 'opened', address, which: { upToId: '811' }, at: ARRIVAL }),
  ),
  row('a chat opened at nothing', 'message_read', { from_id: peer, peer_id: peer }),
  row(
    'a permission',
    'message_allow',
    { user_id: peer, key: '' },
    shared({ kind: 'status', address, status: 'enabled', at: ARRIVAL }),
  ),
  row(
    'a prohibition',
    'message_deny',
    { user_id: peer },
    shared({ kind: 'status', address, status: 'unsubscribed', at: ARRIVAL }),
  ),
  row('a prohibition of nobody', 'message_deny', { user_id: 'me' }),
  row(
    'a payment',
    'vkpay_transaction',
    {
      from_id: peer,
      amount: 1_500_500,
      description: 'Shoes',
      date: SENT_S,
      payload: '{"press":"c:AbC-_1"}',
    },
    shared({
      kind: 'paid',
      address,
      ref: 'AbC-_1',
      amount: 150_050,
      currency: 'RUB',
      paymentId: 'id of a payment',
      at,
    }),
  ),
  row(
    'a payment for nothing that we know',
    'vkpay_transaction',
    { from_id: peer, amount: 10, description: '', date: SENT_S },
    shared({ kind: 'paid', address, amount: 1, currency: 'RUB', at }),
  ),
  row('a payment of nothing', 'vkpay_transaction', { from_id: peer }),
  row('a new member', 'group_join', { user_id: peer, join_type: 'join' }),
  row('a member who leaves', 'group_leave', { user_id: peer, self: 1 }),
  row('something new', 'constructor', {}),
];
