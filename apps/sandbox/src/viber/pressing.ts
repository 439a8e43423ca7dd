import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { chosenButton, type Looking } from '../chosen-button.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { buttonsIn } from './button-faults.ts';
import { callBack } from './callbacks.ts';
import type { ChatMessage } from './chats.ts';
import { personOf } from './telling.ts';
import type { ViberWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'retry'];

const pressable = (message: ChatMessage): readonly Params[] =>
  [message['rich_media'], message['keyboard']]
    .flatMap(buttonsIn)
    .filter(({ ActionType: type = 'reply' }) => type === 'reply' || type === 'open-url');

const LOOKING: Looking<ChatMessage> = {
  idOf: ({ message_token }) => message_token,
  buttonsOf: pressable,
};

/**
 * Presses a button as its reader would: of the message of this token, or of the last one that has any. What it says, a
 * link's address too, comes to the bot as if the person had written it.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: ViberWorld,
  body: unknown,
): Promise<Delivery & { readonly url?: string }> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const receiver = fields.text('chat');
  const messages = world.chats.messages(bot, world.receivers.numberOf(receiver));
  const {
    ActionType: type,
    ActionBody: said,
    Silent: silent = false,
  } = chosenButton(messages, fields, LOOKING);
  world.counts.press();
  const delivery = await callBack(world, bot, {
    event: 'message',
    fields: {
      silent,
      sender: personOf(receiver, undefined),
      message: { type: 'text', text: said },
    },
    retry: fields.optionalFlag('retry') ?? true,
  });
  return type === 'open-url' ? { ...delivery, url: String(said) } : delivery;
};
