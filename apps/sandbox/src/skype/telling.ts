import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { SkypeWorld } from './world.ts';

const KINDS = ['block', 'unblock', 'start', 'join', 'leave', 'say', 'react'] as const;
const MOST_COPIES = 100;
const FIELDS = [
  'bot',
  'update',
  'chat',
  'kind',
  'firstName',
  'text',
  'serviceUrl',
  'retry',
  'copies',
];

/** How a webhook is called. */
export interface Telling {
  readonly retry: boolean;
  /** How often the same is told. */
  readonly copies: number;
  /** Whose service it comes from. */
  readonly serviceUrl: string;
}

/** Reads how a webhook is to be called. @throws BadInput naming the field */
export const tellingIn = (world: SkypeWorld, bot: Bot, fields: AdminFields): Telling => {
  const copies = fields.optionalInteger('copies', 1) ?? 1;
  if (copies > MOST_COPIES) throw new BadInput(`copies must be at most ${MOST_COPIES}`);
  return {
    retry: fields.optionalFlag('retry') ?? true,
    copies,
    serviceUrl: fields.optionalText('serviceUrl') ?? world.serviceOf(bot),
  };
};

/** What all activities of a person have. */
const personal = (bot: Bot, conversation: string, name: string | undefined): Params => ({
  from: { id: conversation, name: name ?? `Person ${conversation}` },
  conversation: { id: conversation },
  recipient: { id: `28:${bot.token}`, name: bot.name },
  locale: 'en-US',
});

/** Brings an activity to the bot's webhook, once or several times; the answer to the last is told. */
export const tell = async (
  world: SkypeWorld,
  bot: Bot,
  { activity, telling }: { readonly activity: Params; readonly telling: Telling },
): Promise<Delivery> => {
  const { serviceUrl, copies, retry } = telling;
  const told = {
    id: world.ids.takeTold(),
    timestamp: new Date().toISOString(),
    serviceUrl,
    channelId: world.registrationOf(bot).channelId,
    ...activity,
  };
  const body = JSON.stringify(told);
  const kind = String(activity['type']);
  const deliveries = Array.from({ length: copies }, () =>
    world.webhooks.deliverBody(bot, { kind, body }, retry),
  );
  return (await Promise.all(deliveries)).at(-1) ?? { status: 0 };
};

/** A message of a person. */
export const messageFrom = (
  bot: Bot,
  conversation: string,
  { firstName, ...said }: Params & { readonly firstName?: string | undefined },
): Params => ({ type: 'message', ...personal(bot, conversation, firstName), ...said });

/** Makes what the kinds stand for; who leaves is refused from now on, who comes is not. */
const activityOf = (world: SkypeWorld, bot: Bot, fields: AdminFields): Params => {
  const kind = fields.choice('kind', KINDS);
  const conversation = fields.text('chat');
  const firstName = fields.optionalText('firstName');
  const person = personal(bot, conversation, firstName);
  const chat = world.places.numberOf(conversation);
  if (kind === 'react')
    return { type: 'messageReaction', ...person, reactionsAdded: [{ type: 'like' }] };
  const members = [{ id: conversation, ...(firstName === undefined ? {} : { name: firstName }) }];
  if (kind === 'block' || kind === 'leave') {
    bot.blocked.add(chat);
    return kind === 'block'
      ? { type: 'contactRelationUpdate', action: 'remove', ...person }
      : { type: 'conversationUpdate', membersRemoved: members, ...person };
  }
  bot.blocked.delete(chat);
  if (kind === 'say')
    return messageFrom(bot, conversation, { firstName, text: fields.text('text') });
  return kind === 'join'
    ? { type: 'conversationUpdate', membersAdded: members, ...person }
    : { type: 'contactRelationUpdate', action: 'add', ...person };
};

/**
 * Calls the bot's webhook: with an activity as given, or with what somebody did. @throws BadInput naming the field;
 * NotThere when the bot does not exist.
 */
export const sendActivity = (world: SkypeWorld, body: unknown): Promise<Delivery> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const telling = tellingIn(world, bot, fields);
  if (fields.has('kind'))
    return tell(world, bot, { activity: activityOf(world, bot, fields), telling });
  const activity = asObject(fields.raw('update')) ?? {};
  if (typeof activity['type'] !== 'string') throw new BadInput('update.type must be a text');
  return tell(world, bot, { activity, telling });
};
