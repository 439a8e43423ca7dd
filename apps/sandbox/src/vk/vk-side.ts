import { knownBot, registerBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import { COMMON_KINDS, commonDeed, readPlan, type RuleDialect } from '../rule-input.ts';
import type { Side } from '../side.ts';
import { NAMED_ERRORS, SCOPES, scopeOf } from './errors.ts';
import { peerId } from './peers.ts';
import { press } from './pressing.ts';
import { sendEvent } from './telling.ts';
import type { ReceiptPlan, VkDeed, VkWorld } from './world.ts';

const KINDS = [...COMMON_KINDS, ...Object.keys(NAMED_ERRORS), 'error'];

const errorDeed = (fields: AdminFields, code: number): VkDeed => {
  const scope = fields.has('scope') ? fields.choice('scope', SCOPES) : scopeOf(code);
  return { kind: 'refused', code, scope };
};

const deedIn = (fields: AdminFields): VkDeed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  const kind = fields.choice('kind', KINDS);
  if (kind === 'error')
    return errorDeed(fields.only(['kind', 'code', 'scope']), fields.integer('code', 1));
  // VK names no time to wait, but rules of every channel may say one.
  fields.only(kind === 'flood' ? ['kind', 'scope', 'retryAfter'] : ['kind', 'scope']);
  return errorDeed(fields, NAMED_ERRORS[kind] ?? 1);
};

const RULES: RuleDialect<VkDeed> = { deed: deedIn, chat: peerId };

const readReceiptPlan = (body: unknown): ReceiptPlan => {
  const names = ['sentAfterMs', 'seenAfterMs', 'copies', 'shuffled'];
  const fields = new AdminFields(body).only(names);
  const sentAfterMs = fields.optionalInteger('sentAfterMs', 0);
  const seenAfterMs = fields.optionalInteger('seenAfterMs', 0);
  return {
    ...(sentAfterMs === undefined ? {} : { sentAfterMs }),
    ...(seenAfterMs === undefined ? {} : { seenAfterMs }),
    copies: fields.optionalInteger('copies', 1) ?? 1,
    shuffled: fields.optionalFlag('shuffled') ?? false,
  };
};

/** VK for the admin API; `PUT receipts` says what VK tells by itself. */
export const vkSide = (world: VkWorld): Side => ({
  channel: 'vk',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  register: (token, body) => registerBot(world, token, body),
  replaceTrouble: (body) => {
    world.troubles.replace(readPlan(body, RULES));
  },
  press: (body) => press(world, body),
  sendUpdate: (body) => sendEvent(world, body),
  chat: (bot, peer) => {
    const chat = peerId(peer, 'chat');
    const messages = world.chats.messages(knownBot(world, bot.token), chat);
    return { chat, blocked: bot.blocked.has(chat), messages };
  },
  clear: () => {
    world.chats.clear();
    world.dialogs.clear();
  },
  more: {
    'PUT receipts': (body) => {
      world.receipts = readReceiptPlan(body);
      return { ok: true };
    },
  },
});
