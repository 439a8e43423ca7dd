import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { chosenButton, type Looking } from '../chosen-button.ts';
import type { Message } from '../conversations.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { actionsOf, attachmentsOf } from './activity-faults.ts';
import { messageFrom, tell, tellingIn } from './telling.ts';
import type { SkypeWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'serviceUrl', 'retry', 'copies'];

const buttonsOf = (message: Message): readonly Params[] =>
  attachmentsOf(message).flatMap(actionsOf);

const LOOKING: Looking<Message> = { idOf: ({ id }) => id, buttonsOf: buttonsOf };

/** What a pressed button says in its person's name. */
const saidBy = ({ type, text, value }: Params): Params =>
  type === 'messageBack' ? { text, value } : { text: value };

/**
 * Presses a button as its reader would: of the message of this id, or of the last one that has any. The address of a
 * link is told here alone, since the bot does not hear of it.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: SkypeWorld,
  body: unknown,
): Promise<Delivery | { readonly url: string }> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const conversation = fields.text('chat');
  const messages = world.conversations.messages(bot, world.places.numberOf(conversation));
  const button = chosenButton(messages, fields, LOOKING);
  const telling = tellingIn(world, bot, fields);
  world.counts.press();
  if (button['type'] === 'openUrl') return { url: String(button['value']) };
  const activity = messageFrom(bot, conversation, saidBy(button));
  return tell(world, bot, { activity, telling });
};
