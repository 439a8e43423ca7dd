import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { NotThere } from '../errors.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { actionsOf, attachmentsOf } from './activity-faults.ts';
import type { Message } from './conversations.ts';
import { messageFrom, tell, tellingIn } from './telling.ts';
import type { SkypeWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'serviceUrl', 'retry', 'copies'];

const buttonsOf = (message: Message): readonly Params[] =>
  attachmentsOf(message).flatMap(actionsOf);

const chosenButton = (messages: readonly Message[], fields: AdminFields): Params => {
  const id = fields.optionalText('messageId');
  const message =
    id === undefined
      ? messages.findLast((each) => buttonsOf(each).length > 0)
      : messages.find((each) => each.id === id);
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  const button = buttonsOf(message)[fields.integer('button', 0)];
  if (button === undefined) throw new NotThere('the message has no such button');
  return button;
};

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
  const button = chosenButton(messages, fields);
  const telling = tellingIn(world, bot, fields);
  world.counts.press();
  if (button['type'] === 'openUrl') return { url: String(button['value']) };
  const activity = messageFrom(bot, conversation, saidBy(button));
  return tell(world, bot, { activity, telling });
};
