import { randomUUID } from 'node:crypto';
import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput, NotThere } from '../errors.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { CallbackEvent } from './callback-servers.ts';
import type { ChatMessage } from './chats.ts';
import { buttonsIn } from './keyboard-faults.ts';
import { integerIn, textIn } from './params.ts';
import { chatIn } from './peers.ts';
import { messageNew } from './telling.ts';
import type { VkWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'retry'];

const buttonsOf = ({ keyboard, template }: ChatMessage): readonly Params[] =>
  buttonsIn(textIn(keyboard), textIn(template));

const chosen = (
  messages: readonly ChatMessage[],
  fields: AdminFields,
): { readonly message: ChatMessage; readonly action: Params } => {
  const id = integerIn(fields.raw('messageId'));
  const message = fields.has('messageId')
    ? messages.find(({ message_id: each }) => each === id)
    : messages.findLast((each) => buttonsOf(each).length > 0);
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  const action = asObject(buttonsOf(message)[fields.integer('button', 0)]?.['action']);
  if (action === undefined) throw new NotThere('the message has no such button');
  return { message, action };
};

const parsed = (payload: unknown): unknown => {
  try {
    return JSON.parse(textIn(payload));
  } catch {
    return payload;
  }
};

/** A press that says nothing: the community may answer it by its id. */
const messageEvent = (
  bot: Bot,
  peer: number,
  { message, action }: { readonly message: ChatMessage; readonly action: Params },
): CallbackEvent => {
  const eventId = randomUUID().replaceAll('-', '').slice(0, 12);
  bot.rememberQuery(`${eventId}:${peer}:${peer}`);
  return {
    type: 'message_event',
    object: {
      user_id: peer,
      peer_id: peer,
      event_id: eventId,
      payload: parsed(action['payload']),
      conversation_message_id: message.conversation_message_id,
    },
  };
};

/**
 * Presses a button as its reader would: of the message of this id, or of the last one that has any. Links open and tell
 * the community nothing.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: VkWorld,
  body: unknown,
): Promise<Delivery | { readonly url: string }> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const peer = chatIn(fields);
  const button = chosen(world.chats.messages(bot, peer), fields);
  const { type, label, link, payload } = button.action;
  const retry = fields.optionalFlag('retry') ?? true;
  world.counts.press();
  if (type === 'open_link') return { url: textIn(link) };
  if (type === 'callback')
    return world.servers.deliver(bot, messageEvent(bot, peer, button), retry);
  if (type !== 'text')
    throw new BadInput(`a button of the type ${textIn(type)} cannot be pressed here`);
  const said = { text: textIn(label), payload: textIn(payload) };
  return world.servers.deliver(bot, messageNew(bot, peer, said), retry);
};
