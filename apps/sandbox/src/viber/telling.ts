import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { asObject } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { callBack, type Callback } from './callbacks.ts';
import type { ViberWorld } from './world.ts';

const KINDS = ['block', 'unblock', 'start', 'open', 'say', 'delivered', 'seen', 'failed'] as const;
const FIELDS = [
  'bot',
  'update',
  'chat',
  'kind',
  'payload',
  'firstName',
  'text',
  'messageId',
  'retry',
];

/** A person as callbacks show one. */
export const personOf = (id: string, name: string | undefined) => ({
  id,
  name: name ?? `Person ${id}`,
  language: 'en',
  country: 'UK',
  api_version: 10,
});

const tokenIn = (value: unknown, field: string): string => {
  if (typeof value === 'string' && /^\d{1,19}$/.test(value)) return value;
  throw new BadInput(`${field} must be a token, as a text of digits`);
};

const receipt = (event: string, fields: AdminFields): Callback => ({
  event,
  token: tokenIn(fields.raw('messageId'), 'messageId'),
  fields: {
    user_id: fields.text('chat'),
    ...(event === 'failed' ? { desc: fields.optionalText('text') ?? 'failure description' } : {}),
  },
});

/** Makes what the kinds stand for; who leaves is refused from now on, who comes is not. */
const callbackOf = (world: ViberWorld, bot: Bot, fields: AdminFields): Callback => {
  const kind = fields.choice('kind', KINDS);
  const receiver = fields.text('chat');
  const chat = world.receivers.numberOf(receiver);
  const user = personOf(receiver, fields.optionalText('firstName'));
  if (kind === 'delivered' || kind === 'seen' || kind === 'failed') return receipt(kind, fields);
  if (kind === 'block') {
    bot.blocked.add(chat);
    return { event: 'unsubscribed', fields: { user_id: receiver } };
  }
  if (kind === 'open') {
    const context = fields.optionalText('payload');
    const subscribed = !bot.blocked.has(chat);
    return { event: 'conversation_started', fields: { type: 'open', context, subscribed, user } };
  }
  bot.blocked.delete(chat);
  if (kind !== 'say') return { event: 'subscribed', fields: { user } };
  const message = { type: 'text', text: fields.text('text') };
  return { event: 'message', fields: { silent: false, sender: user, message } };
};

/**
 * Calls the bot's webhook: with a callback as given, or with what somebody did. @throws BadInput naming the field;
 * NotThere when the bot does not exist.
 */
export const sendCallback = (world: ViberWorld, body: unknown): Promise<Delivery> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const retry = fields.optionalFlag('retry') ?? true;
  if (fields.has('kind')) return callBack(world, bot, { ...callbackOf(world, bot, fields), retry });
  fields.object('update');
  const { event, message_token: token, ...more } = asObject(fields.raw('update')) ?? {};
  if (typeof event !== 'string') throw new BadInput('update.event must be a text');
  const given = token === undefined ? undefined : tokenIn(token, 'update.message_token');
  return callBack(world, bot, { event, token: given, fields: more, retry });
};
