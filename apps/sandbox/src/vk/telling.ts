import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { asObject } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { CallbackEvent } from './callback-servers.ts';
import { integerIn } from './params.ts';
import { chatIn } from './peers.ts';
import { messageRead, messageReply } from './receipts.ts';
import type { VkWorld } from './world.ts';

const KINDS = ['block', 'unblock', 'start', 'say', 'sent', 'seen', 'pay'] as const;
const FIELDS = [
  ...['bot', 'update', 'chat', 'kind', 'payload', 'firstName', 'text'],
  ...['messageId', 'randomId', 'amount', 'retry'],
];
const HIGHEST_CONVERSATION_ID = 1_000_000;

const now = (): number => Math.floor(Date.now() / 1000);

/** Somebody says something. */
export const messageNew = (
  bot: Bot,
  peer: number,
  message: {
    readonly text: string;
    readonly payload?: string | undefined;
    readonly ref?: string | undefined;
  },
): CallbackEvent => {
  const id = bot.takeMessageIds(1);
  const { text, payload, ref } = message;
  return {
    type: 'message_new',
    object: {
      message: {
        id,
        date: now(),
        peer_id: peer,
        from_id: peer,
        text,
        payload,
        ref,
        out: 0,
        version: 10_000_000 + id,
        conversation_message_id: id % HIGHEST_CONVERSATION_ID,
        attachments: [],
        fwd_messages: [],
      },
      client_info: {
        button_actions: ['text', 'vkpay', 'open_app', 'location', 'open_link', 'callback'],
        keyboard: true,
        inline_keyboard: true,
        carousel: true,
        lang_id: 3,
      },
    },
  };
};

const messageIdIn = (fields: AdminFields): number => {
  const id = integerIn(fields.raw('messageId'));
  if (id === undefined || id < 1) throw new BadInput('messageId must be the id of a message');
  return id;
};

const ownMessage = (peer: number, fields: AdminFields) => {
  const messageId = messageIdIn(fields);
  const randomId = integerIn(fields.raw('randomId')) ?? 0;
  const conversationMessageId = messageId % HIGHEST_CONVERSATION_ID;
  return { peer, messageId, conversationMessageId, randomId, text: '', date: now() };
};

const said = (bot: Bot, peer: number, kind: 'start' | 'say', fields: AdminFields): CallbackEvent =>
  kind === 'say'
    ? messageNew(bot, peer, { text: fields.text('text') })
    : messageNew(bot, peer, {
        text: 'Start',
        payload: '{"command":"start"}',
        ref: fields.optionalText('payload'),
      });

/** Makes what the kinds stand for; who forbids is refused from now on, who allows or writes is not. */
const eventOf = (bot: Bot, fields: AdminFields): CallbackEvent => {
  const kind = fields.choice('kind', KINDS);
  const peer = chatIn(fields);
  if (kind === 'sent') return messageReply(bot, ownMessage(peer, fields));
  if (kind === 'seen') return messageRead(peer, ownMessage(peer, fields));
  if (kind === 'pay') {
    const amount = fields.integer('amount', 1);
    const payload = fields.optionalText('payload');
    const told = { from_id: peer, amount, description: 'Order', date: now(), payload };
    return { type: 'vkpay_transaction', object: told };
  }
  if (kind === 'block') {
    bot.blocked.add(peer);
    return { type: 'message_deny', object: { user_id: peer } };
  }
  bot.blocked.delete(peer);
  return kind === 'unblock'
    ? { type: 'message_allow', object: { user_id: peer, key: '' } }
    : said(bot, peer, kind, fields);
};

/**
 * Calls the community's servers: with an event as given, or with what somebody did. @throws BadInput naming the field;
 * NotThere when the bot does not exist.
 */
export const sendEvent = (world: VkWorld, body: unknown): Promise<Delivery> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const retry = fields.optionalFlag('retry') ?? true;
  if (fields.has('kind')) return world.servers.deliver(bot, eventOf(bot, fields), retry);
  fields.object('update');
  const { type, object, event_id: eventId } = asObject(fields.raw('update')) ?? {};
  if (typeof type !== 'string') throw new BadInput('update.type must be a text');
  const named = typeof eventId === 'string' ? { eventId } : {};
  return world.servers.deliver(bot, { type, object, ...named }, retry);
};
