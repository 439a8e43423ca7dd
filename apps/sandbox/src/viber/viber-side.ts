import { knownBot, registerBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { BadInput } from '../errors.ts';
import { readReceiptPlan } from '../receipt-plan.ts';
import { COMMON_KINDS, commonDeed, readPlan, type RuleDialect } from '../rule-input.ts';
import type { Side } from '../side.ts';
import { press } from './pressing.ts';
import { REFUSALS } from './statuses.ts';
import { sendCallback } from './telling.ts';
import type { ViberDeed, ViberWorld } from './world.ts';

const deedIn = (fields: AdminFields): ViberDeed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  const kind = fields.choice('kind', [...COMMON_KINDS, ...Object.keys(REFUSALS)]);
  // Viber names no time to wait, but rules of every channel may say one.
  fields.only(kind === 'flood' ? ['kind', 'retryAfter'] : ['kind']);
  return { kind: 'refused', as: kind };
};

const rulesOf = ({ receivers }: ViberWorld): RuleDialect<ViberDeed> => ({
  deed: deedIn,
  chat: (value, field) => {
    if (typeof value !== 'string' || value === '')
      throw new BadInput(`${field} must be the id of a receiver`);
    return receivers.numberOf(value);
  },
});

/** Viber for the admin API; `PUT receipts` says what phones report by themselves. */
export const viberSide = (world: ViberWorld): Side => ({
  channel: 'viber',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  names: {
    chat: (number) => world.receivers.idOf(number),
    message: (number) => world.tokens.ofMessage(number),
  },
  register: (token, body) => registerBot(world, token, body),
  replaceTrouble: (body) => {
    world.troubles.replace(readPlan(body, rulesOf(world)));
  },
  press: (body) => press(world, body),
  sendUpdate: (body) => sendCallback(world, body),
  chat: (bot, receiver) => {
    const number = world.receivers.numberOf(receiver);
    const messages = world.chats.messages(knownBot(world, bot.token), number);
    return { chat: receiver, blocked: bot.blocked.has(number), messages };
  },
  clear: () => {
    world.chats.clear();
  },
  more: {
    'PUT receipts': (body) => {
      world.receipts = readReceiptPlan(body);
      return { ok: true };
    },
  },
});
