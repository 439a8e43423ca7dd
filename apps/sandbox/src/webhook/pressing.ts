import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { chosenButton, type Looking } from '../chosen-button.ts';
import type { Message } from '../conversations.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { objectsIn } from './message-faults.ts';
import { tell } from './telling.ts';
import type { WebhookWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'retry'];

/** The buttons of a message, those of cards too, in order. */
const buttonsIn = (message: Message): readonly Params[] =>
  [message, ...objectsIn(message['cards'])].flatMap(({ buttons }) => objectsIn(buttons));

const LOOKING: Looking<Message> = { idOf: ({ id }) => id, buttonsOf: buttonsIn };

/**
 * Presses a button as its reader would, of the message of this id or of the last one that has any: the ref of a message
 * button comes back, the address of any other is told here alone.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: WebhookWorld,
  body: unknown,
): Promise<Delivery | { readonly url: string }> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const to = fields.text('chat');
  const messages = world.conversations.messages(bot, world.people.numberOf(to));
  const { kind, url, payload } = chosenButton(messages, fields, LOOKING);
  const retry = fields.optionalFlag('retry') ?? true;
  world.counts.press();
  if (kind !== 'message') return { url: String(url) };
  return tell(world, bot, { event: { type: 'pressed', to, ref: payload }, retry });
};
