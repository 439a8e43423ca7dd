import { AdminFields } from './admin-fields.ts';
import type { Bot } from './bots.ts';
import type { World } from './bot-api.ts';
import { BadInput, NotThere } from './errors.ts';
import type { Message } from './inboxes.ts';
import { asObject, type Params } from './telegram-methods/method.ts';
import { checkoutUpdate, paidUpdate, type Invoice } from './payments.ts';
import { givenUpdate, noteUpdate, personalUpdate, pressUpdate, UPDATE_KINDS } from './updates.ts';
import type { Update } from './updates.ts';
import type { Delivery, Webhooks } from './webhooks.ts';

/** What every channel's bots are registered with. */
export const PROFILE_FIELDS = ['id', 'name', 'username'];

/** Registers a bot, or renames it, by its profile among the fields. @throws BadInput naming the field. */
export const registerAs = (
  { bots }: Pick<World, 'bots'>,
  token: string,
  fields: AdminFields,
): Bot => {
  if (token === '') throw new BadInput('token must be a text');
  return bots.register(token, {
    id: fields.optionalInteger('id', 1),
    name: fields.optionalText('name'),
    username: fields.optionalText('username'),
  });
};

/** Registers a bot that has a profile and nothing else. @throws BadInput naming the field. */
export const registerBot = (world: Pick<World, 'bots'>, token: string, body: unknown): Bot =>
  registerAs(world, token, new AdminFields(body ?? {}).only(PROFILE_FIELDS));

/** The bot of this token. @throws NotThere when it is not registered. */
export const knownBot = ({ bots }: Pick<World, 'bots'>, token: string): Bot => {
  const bot = bots.find(token);
  if (bot === undefined) throw new NotThere('bot is not registered');
  return bot;
};

const keyboardOf = (message: Message): readonly (readonly Params[])[] => {
  const rows = asObject(message['reply_markup'])?.['inline_keyboard'];
  return Array.isArray(rows) ? (rows as readonly (readonly Params[])[]) : [];
};

const chosenButton = (message: Message, fields: AdminFields): Params => {
  const rows = keyboardOf(message);
  const button = fields.has('button')
    ? rows.flat()[fields.integer('button', 0)]
    : rows[fields.integer('row', 0)]?.[fields.integer('column', 0)];
  if (button === undefined) throw new NotThere('the message has no such button');
  return button;
};

const send = (webhooks: Webhooks, bot: Bot, update: Update, retry: boolean): Promise<Delivery> => {
  noteUpdate(bot, update);
  return webhooks.deliver(bot, update, retry);
};

/**
 * Presses a button as its reader would: a callback query to the webhook, or the URL of a link.
 * @throws BadInput naming the field; NotThere when bot, message or button do not exist.
 */
export const press = async (
  world: World,
  webhooks: Webhooks,
  body: unknown,
): Promise<Delivery | { readonly url: string }> => {
  const names = ['bot', 'chat', 'messageId', 'row', 'column', 'button', 'retry'];
  const fields = new AdminFields(body).only(names);
  const bot = knownBot(world, fields.text('bot'));
  const chat = fields.chat('chat');
  const message = world.inboxes.message(bot, chat, fields.integer('messageId', 1));
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  const button = chosenButton(message, fields);
  const { url, callback_data: data } = button;
  const retry = fields.optionalFlag('retry') ?? true;
  if (typeof url === 'string') {
    world.counts.press();
    return { url };
  }
  if (typeof data !== 'string') throw new BadInput('button has neither callback_data nor url');
  world.counts.press();
  return send(webhooks, bot, pressUpdate(bot, chat, message, data), retry);
};

const UPDATE_FIELDS = [
  ...['bot', 'update', 'chat', 'kind', 'payload', 'firstName', 'retry'],
  ...['amount', 'currency', 'paymentId'],
];

const invoiceFrom = (fields: AdminFields): Invoice => ({
  chat: fields.chat('chat'),
  payload: fields.text('payload'),
  amount: fields.integer('amount', 1),
  currency: fields.optionalText('currency') ?? 'XTR',
  firstName: fields.optionalText('firstName'),
});

const updateFrom = (bot: Bot, fields: AdminFields): Update => {
  if (!fields.has('kind')) {
    fields.object('update');
    return givenUpdate(bot, asObject(fields.raw('update')) ?? {});
  }
  const kind = fields.choice('kind', [...UPDATE_KINDS, 'checkout', 'paid']);
  if (kind === 'checkout') return checkoutUpdate(bot, invoiceFrom(fields));
  if (kind === 'paid')
    return paidUpdate(bot, invoiceFrom(fields), fields.optionalText('paymentId'));
  return personalUpdate(bot, {
    kind,
    chat: fields.chat('chat'),
    payload: fields.optionalText('payload'),
    firstName: fields.optionalText('firstName'),
  });
};

/**
 * Sends an update to the bot's webhook: a given one, or somebody who blocks, unblocks or starts the bot, is about to pay, or paid.
 * `approved`: the bot's word on who is about to pay, as far as it came until the webhook had answered.
 * @throws BadInput naming the field; NotThere when the bot does not exist.
 */
export const sendUpdate = async (
  world: World,
  webhooks: Webhooks,
  body: unknown,
): Promise<Delivery & { readonly approved?: boolean }> => {
  const fields = new AdminFields(body).only(UPDATE_FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const retry = fields.optionalFlag('retry') ?? true;
  const update = updateFrom(bot, fields);
  const delivery = await send(webhooks, bot, update, retry);
  const checkout = asObject(update['pre_checkout_query'])?.['id'];
  const approved = typeof checkout === 'string' ? bot.approvedCheckout(checkout) : undefined;
  return approved === undefined ? delivery : { ...delivery, approved };
};
