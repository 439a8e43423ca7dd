import type { Bot } from './bots.ts';
import { chatOf, type Message } from './inboxes.ts';
import { asObject } from './telegram-methods/method.ts';

/** What a webhook gets: a fresh `update_id` and one field named for its kind. */
export type Update = Readonly<{ [field: string]: unknown }>;

/** The updates that the sandbox can make by itself. */
export const UPDATE_KINDS = ['block', 'unblock', 'start'] as const;

/** A person does something to a bot. */
export interface PersonalUpdate {
  readonly kind: (typeof UPDATE_KINDS)[number];
  /** Also the id of the person. */
  readonly chat: number;
  /** What follows `/start`. */
  readonly payload?: string | undefined;
  readonly firstName?: string | undefined;
}

export const now = (): number => Math.floor(Date.now() / 1000);

export const person = (id: number, firstName: string | undefined) => ({
  id,
  is_bot: false,
  first_name: firstName ?? `Person ${id}`,
});

/** The update under a fresh id. */
export const numbered = (bot: Bot, fields: Update): Update => ({
  update_id: bot.takeUpdateId(),
  ...fields,
});

/** Somebody presses a button of this message. */
export const pressUpdate = (bot: Bot, chat: number, message: Message, data: string): Update =>
  numbered(bot, {
    callback_query: {
      id: bot.takeQueryId(),
      from: person(chat, undefined),
      message,
      chat_instance: String(chat),
      data,
    },
  });

const memberUpdate = (bot: Bot, { chat, kind, firstName }: PersonalUpdate): Update => {
  const isBlocked = kind === 'block';
  const member = { status: 'member', user: bot.user };
  const kicked = { status: 'kicked', user: bot.user, until_date: 0 };
  return numbered(bot, {
    my_chat_member: {
      chat: chatOf(chat),
      from: person(chat, firstName),
      date: now(),
      old_chat_member: isBlocked ? member : kicked,
      new_chat_member: isBlocked ? kicked : member,
    },
  });
};

const startUpdate = (bot: Bot, { chat, payload, firstName }: PersonalUpdate): Update =>
  numbered(bot, {
    message: {
      message_id: bot.takeMessageIds(1),
      from: person(chat, firstName),
      chat: chatOf(chat),
      date: now(),
      text: payload === undefined ? '/start' : `/start ${payload}`,
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    },
  });

/** Somebody blocks, unblocks or starts the bot. */
export const personalUpdate = (bot: Bot, update: PersonalUpdate): Update =>
  update.kind === 'start' ? startUpdate(bot, update) : memberUpdate(bot, update);

/** Any update, with a fresh id unless it has one. */
export const givenUpdate = (bot: Bot, update: Update): Update =>
  'update_id' in update ? update : numbered(bot, update);

const idIn = (value: unknown): string | undefined => {
  const id = asObject(value)?.['id'];
  return typeof id === 'string' ? id : undefined;
};

const noteMembership = (bot: Bot, value: unknown): void => {
  const change = asObject(value);
  const chat = asObject(change?.['chat'])?.['id'];
  const status = asObject(change?.['new_chat_member'])?.['status'];
  if (typeof chat !== 'number') return;
  if (status === 'kicked') bot.blocked.add(chat);
  if (status === 'member') bot.blocked.delete(chat);
};

/** What an update changes at Telegram's side: who has blocked the bot, which queries may be answered. */
export const noteUpdate = (bot: Bot, update: Update): void => {
  noteMembership(bot, update['my_chat_member']);
  for (const kind of ['callback_query', 'pre_checkout_query']) {
    const id = idIn(update[kind]);
    if (id !== undefined) bot.rememberQuery(id);
  }
};
