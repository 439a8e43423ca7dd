import type { WebhookRow } from '@crier/connector/testing';

/** A time of arrival, for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';
/** The person of all the updates. */
export const address = '987654321';

const person = {
  id: 987654321,
  is_bot: false,
  first_name: 'Ann',
  last_name: 'Lee',
  language_code: 'uk',
};
const chat = { id: 987654321, type: 'private' };
const told = (
  title: string,
  update: object,
  reading: WebhookRow['reading'] = { events: [] as const, foreign: true },
): WebhookRow => ({ title, body: JSON.stringify({ update_id: 10001, ...update }), reading });
const says = (text: string | undefined, date: unknown = 1_790_000_000) => ({
  message: { message_id: 1, from: person, chat, date, text },
});
/** The end of the second that the updates name. */
const at = '2026-09-21T14:13:20.999Z';
const press = (data: string) => ({
  callback_query: { id: '4382', from: person, chat_instance: '1', data, message: { chat } },
});
const checkout = (payload: string) => ({
  pre_checkout_query: {
    id: '77',
    from: person,
    currency: 'EUR',
    total_amount: 2_590,
    invoice_payload: payload,
  },
});
const pays = (more: object) => ({
  message: {
    message_id: 1,
    from: person,
    chat,
    date: 1_790_000_000,
    successful_payment: {
      currency: 'EUR',
      total_amount: 2_590,
      telegram_payment_charge_id: 'charge-1',
      provider_payment_charge_id: 'p',
      ...more,
    },
  },
});
const member = (status: string, type = 'private') => ({
  my_chat_member: {
    chat: { ...chat, type },
    from: person,
    date: 1_790_000_000,
    new_chat_member: { status },
  },
});

const events = (...some: readonly object[]): WebhookRow['reading'] =>
  ({ events: some, foreign: true }) as unknown as WebhookRow['reading'];

/** Updates as Telegram sends them, and what they say. */
export const updates: readonly WebhookRow[] = [
  told('a press of our button', press('c:AbC-_1'), {
    ...events({ kind: 'pressed', address, ref: 'AbC-_1', pressId: '4382', at: ARRIVAL }),
    foreign: false,
  }),
  told("a press of somebody else's button", press('m:7f3a:2')),
  told('a press with a broken ref', press('c:a b')),
  told('a block', member('kicked'), events({ kind: 'status', address, status: 'blocked', at })),
  told('an unblock', member('member'), events({ kind: 'status', address, status: 'enabled', at })),
  told('a group that lets the bot go', member('kicked', 'group')),
  told(
    'a start',
    says('/start spring_1'),
    events({
      kind: 'started',
      address,
      firstName: 'Ann',
      lastName: 'Lee',
      language: 'uk',
      payload: 'spring_1',
      at,
    }),
  ),
  told('a bare start', says('/start'), events({ kind: 'started', address, at })),
  told('a word', says('hello'), events({ kind: 'active', address, at })),
  told('a picture', says(undefined), events({ kind: 'active', address, at })),
  told(
    'a message of no time',
    says('hello', 'yesterday'),
    events({ kind: 'active', address, at: ARRIVAL }),
  ),
  told('somebody about to pay for what a button of ours led to', checkout('c:AbC-_1'), {
    ...events({
      kind: 'checkout',
      address,
      ref: 'AbC-_1',
      approval: '{"method":"answerPreCheckoutQuery","pre_checkout_query_id":"77","ok":true}',
      at: ARRIVAL,
    }),
    foreign: false,
  }),
  told("somebody about to pay for something of the team's own", checkout('order-7')),
  told('somebody about to pay, from nowhere', {
    pre_checkout_query: { ...checkout('c:AbC-_1').pre_checkout_query, from: {} },
  }),
  told(
    'a payment',
    pays({ invoice_payload: 'c:AbC-_1 order 7' }),
    events(
      { kind: 'active', address, at },
      {
        kind: 'paid',
        address,
        ref: 'AbC-_1',
        amount: 2_590,
        currency: 'EUR',
        paymentId: 'charge-1',
        at,
      },
    ),
  ),
  told(
    "a payment of the team's own",
    pays({ invoice_payload: 'order-7' }),
    events({ kind: 'active', address, at }),
  ),
  told(
    'a payment of no sum',
    pays({ invoice_payload: 'c:AbC-_1', total_amount: 'much' }),
    events({ kind: 'active', address, at }),
  ),
  told('a message of a group', { message: { chat: { id: -5, type: 'group' }, text: '/start' } }),
  told('something new', { poll_of_polls: {} }),
  { title: 'an update without a number', body: JSON.stringify(says('x')), reading: { events: [] } },
];
