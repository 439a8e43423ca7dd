import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { chosenButton, type Looking } from '../chosen-button.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { ChatMessage } from './chats.ts';
import { byPerson, tell } from './page-events.ts';
import { objectsIn } from './template-faults.ts';
import type { FacebookWorld } from './world.ts';

const FIELDS = ['bot', 'chat', 'messageId', 'button', 'retry'];

/** The buttons of a message, those of cards too, in order. */
const buttonsIn = (message: ChatMessage): readonly Params[] => {
  const payload = asObject(asObject(message['attachment'])?.['payload']) ?? {};
  return [payload, ...objectsIn(payload['elements'])].flatMap(({ buttons }) => objectsIn(buttons));
};

const LOOKING: Looking<ChatMessage> = { idOf: ({ mid }) => mid, buttonsOf: buttonsIn };

/**
 * Presses a button as its reader would, of the message of this id or of the last one that has any: a postback to the
 * webhook, or the address of a link, of which Messenger tells nothing.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: FacebookWorld,
  body: unknown,
): Promise<Delivery | { readonly url: string }> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const psid = fields.text('chat');
  const messages = world.chats.messages(bot, world.receivers.numberOf(psid));
  const { type, title, url, payload } = chosenButton(messages, fields, LOOKING);
  world.counts.press();
  if (type === 'web_url') return { url: String(url) };
  const postback = { mid: world.mids.takeOther(), title, payload };
  const retry = fields.optionalFlag('retry') ?? true;
  return tell(world, bot, { event: byPerson(bot, psid, { postback }), retry });
};
