import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import type { Message } from '../conversations.ts';
import { NotThere } from '../errors.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { WebhookWorld } from './world.ts';

const LEAVING = ['block', 'unsubscribe'] as const;
const COMING = ['start', 'say'] as const;
const RECEIPTS = ['delivered', 'seen'] as const;
const KINDS = [...LEAVING, ...COMING, ...RECEIPTS, 'paid'] as const;
const FIELDS = [
  ...['bot', 'update', 'chat', 'kind', 'payload', 'firstName', 'text', 'messageId'],
  ...['amount', 'currency', 'paymentId', 'retry'],
];

/** The words of the channel for what the kinds of every channel stand for. */
const TYPES: Readonly<Record<(typeof KINDS)[number], string>> = {
  block: 'blocked',
  unsubscribe: 'unsubscribed',
  start: 'started',
  say: 'message',
  delivered: 'delivered',
  seen: 'opened',
  paid: 'paid',
};

const isOneOf = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  kinds.some((each) => each === kind);

/** Calls the bot's webhook with one event, so often. */
export const tell = async (
  world: WebhookWorld,
  bot: Bot,
  { event, retry, copies = 1 }: { event: Params; retry: boolean; copies?: number },
): Promise<Delivery> => {
  const named = { eventId: world.ids.takeTold(), at: new Date().toISOString(), ...event };
  const body = JSON.stringify({ events: [named] });
  const deliveries = Array.from({ length: copies }, () =>
    world.webhooks.deliverBody(bot, { kind: String(event['type']), body }, retry),
  );
  return (await Promise.all(deliveries)).at(-1) ?? { status: 0 };
};

/** What a phone reports of a message: its id, and its key, which names it even where the answer was lost. */
export const receiptOf = (
  what: (typeof RECEIPTS)[number],
  to: string,
  { id, key }: Message,
): Params => ({ type: TYPES[what], to, id, key });

const messageIn = (world: WebhookWorld, bot: Bot, fields: AdminFields): Message => {
  const messages = world.conversations.messages(bot, world.people.numberOf(fields.text('chat')));
  const message = messages.find(({ id }) => id === fields.text('messageId'));
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  return message;
};

const detailsOf = (kind: (typeof KINDS)[number], fields: AdminFields): Params => {
  if (kind === 'say') return { text: fields.text('text') };
  if (kind === 'start')
    return {
      firstName: fields.optionalText('firstName'),
      payload: fields.optionalText('payload'),
    };
  if (kind !== 'paid') return {};
  return {
    ref: fields.optionalText('payload'),
    amount: fields.integer('amount', 0),
    currency: fields.text('currency'),
    paymentId: fields.text('paymentId'),
  };
};

/** Makes what the kinds stand for; who leaves is refused from now on, who comes is not. */
const eventOf = (world: WebhookWorld, bot: Bot, fields: AdminFields): Params => {
  const kind = fields.choice('kind', KINDS);
  const to = fields.text('chat');
  if (isOneOf(RECEIPTS, kind)) return receiptOf(kind, to, messageIn(world, bot, fields));
  const event = { type: TYPES[kind], to, ...detailsOf(kind, fields) };
  const chat = world.people.numberOf(to);
  if (isOneOf(LEAVING, kind)) bot.blocked.add(chat);
  if (isOneOf(COMING, kind)) bot.blocked.delete(chat);
  return event;
};

/**
 * Calls the bot's webhook: with a body as given, or with what somebody did. @throws BadInput naming the field; NotThere when
 * the bot or the message does not exist.
 */
export const sendEvent = (world: WebhookWorld, body: unknown): Promise<Delivery> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const retry = fields.optionalFlag('retry') ?? true;
  if (fields.has('kind')) return tell(world, bot, { event: eventOf(world, bot, fields), retry });
  fields.object('update');
  const update = JSON.stringify(asObject(fields.raw('update')));
  return world.webhooks.deliverBody(bot, { kind: 'update', body: update }, retry);
};
