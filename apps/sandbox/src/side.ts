import type { World } from './bot-api.ts';
import { press, registerBot, sendUpdate } from './admin-actions.ts';
import type { Bot, Bots } from './bots.ts';
import type { Counts } from './counts.ts';
import { BadInput } from './errors.ts';
import type { SendRecord } from './record.ts';
import type { Names } from './record-streams.ts';
import { readTroublePlan } from './rule-input.ts';
import type { Webhooks } from './webhooks.ts';

/** One channel of the sandbox, as the admin API needs it. Bad input throws BadInput naming the field, or NotThere. */
export interface Side {
  readonly channel: string;
  readonly bots: Bots;
  readonly record: SendRecord;
  readonly counts: Counts;
  /** How the record's numbers are written; as they are where absent. */
  readonly names?: Names;
  /** Registers a bot, or changes it. */
  register(token: string, body: unknown): Bot;
  replaceTrouble(body: unknown): void;
  press(body: unknown): Promise<unknown>;
  sendUpdate(body: unknown): Promise<unknown>;
  /** What a chat got, in order. */
  chat(bot: Bot, chat: string): unknown;
  /** Forgets what the chats got. */
  clear(): void;
  /** Routes that no other channel has, by `METHOD name`. */
  readonly more?: Readonly<{ [route: string]: (body: unknown) => unknown }>;
}

const telegramChat = (world: World, bot: Bot, text: string): unknown => {
  const chat = Number(text);
  if (!Number.isSafeInteger(chat)) throw new BadInput('chat must be the id of a chat');
  return { chat, blocked: bot.blocked.has(chat), messages: world.inboxes.messages(bot, chat) };
};

/** Telegram for the admin API. */
export const telegramSide = (world: World, webhooks: Webhooks): Side => ({
  channel: 'telegram',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  register: (token, body) => registerBot(world, token, body),
  replaceTrouble: (body) => {
    world.troubles.replace(readTroublePlan(body));
  },
  press: (body) => press(world, webhooks, body),
  sendUpdate: (body) => sendUpdate(world, webhooks, body),
  chat: (bot, chat) => telegramChat(world, bot, chat),
  clear: () => {
    world.inboxes.clear();
  },
});
