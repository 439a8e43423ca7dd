import { knownBot, PROFILE_FIELDS, registerAs } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { readReceiptPlan } from '../receipt-plan.ts';
import { COMMON_KINDS, commonDeed, readPlan, type RuleDialect } from '../rule-input.ts';
import type { Side } from '../side.ts';
import { press } from './pressing.ts';
import { REFUSAL_KINDS } from './refusals.ts';
import { sendEvent } from './telling.ts';
import type { WebhookDeed, WebhookWorld } from './world.ts';

const deedIn = (fields: AdminFields): WebhookDeed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  fields.choice('kind', [...COMMON_KINDS, ...REFUSAL_KINDS]);
  const kind = fields.choice('kind', REFUSAL_KINDS);
  fields.only(kind === 'flood' ? ['kind', 'retryAfter'] : ['kind']);
  const retryAfter = fields.optionalInteger('retryAfter', 0);
  return { kind, ...(retryAfter === undefined ? {} : { retryAfter }) };
};

const rulesOf = ({ people }: WebhookWorld): RuleDialect<WebhookDeed> => ({
  deed: deedIn,
  chat: (value, field) => {
    if (typeof value !== 'string' || value === '')
      throw new BadInput(`${field} must be the address of a person`);
    return people.numberOf(value);
  },
});

/** Registers a bot, or changes it. Its token is its name in the receiver's address; `secret` signs both directions. */
const register = (world: WebhookWorld, token: string, body: unknown): Bot => {
  const fields = new AdminFields(body ?? {}).only([...PROFILE_FIELDS, 'secret']);
  const secret = fields.optionalText('secret');
  const bot = registerAs(world, token, fields);
  if (secret !== undefined) world.setSecret(bot, secret);
  return bot;
};

/** The channel `webhook` for the admin API; `PUT receipts` says what phones report by themselves. */
export const webhookSide = (world: WebhookWorld): Side => ({
  channel: 'webhook',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  names: {
    chat: (number) => world.people.idOf(number),
    message: (number) => world.ids.ofMessage(number),
  },
  register: (token, body) => register(world, token, body),
  replaceTrouble: (body) => {
    world.troubles.replace(readPlan(body, rulesOf(world)));
  },
  press: (body) => press(world, body),
  sendUpdate: (body) => sendEvent(world, body),
  chat: (bot, address) => {
    const number = world.people.numberOf(address);
    const messages = world.conversations.messages(knownBot(world, bot.token), number);
    return { chat: address, blocked: bot.blocked.has(number), messages };
  },
  clear: () => {
    world.conversations.clear();
    world.taken.clear();
  },
  more: {
    'PUT receipts': (body) => {
      world.receipts = readReceiptPlan(body);
      return { ok: true };
    },
  },
});
