import { knownBot, PROFILE_FIELDS, registerAs } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { COMMON_KINDS, commonDeed, readPlan, type RuleDialect } from '../rule-input.ts';
import type { Side } from '../side.ts';
import { ERROR_KINDS } from './graph-errors.ts';
import { press } from './pressing.ts';
import { sendUpdate } from './telling.ts';
import type { FacebookDeed, FacebookWorld, ReceiptPlan } from './world.ts';

const deedIn = (fields: AdminFields): FacebookDeed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  const kind = fields.choice('kind', [...COMMON_KINDS, 'unfinished', ...ERROR_KINDS]);
  if (kind === 'unfinished' || kind === 'invalid_reply') {
    const executed = fields.only(['kind', 'executed']).optionalFlag('executed');
    return kind === 'unfinished'
      ? { kind, executed: executed ?? false }
      : { kind: 'refused', as: kind, executed: executed ?? true };
  }
  // Messenger names no time to wait, but rules of every channel may say one.
  fields.only(kind === 'flood' ? ['kind', 'retryAfter'] : ['kind']);
  const as = ERROR_KINDS.find((each) => each === kind);
  return { kind: 'refused', as: as ?? 'unknown_error', executed: false };
};

const rulesOf = ({ receivers }: FacebookWorld): RuleDialect<FacebookDeed> => ({
  deed: deedIn,
  chat: (value, field) => {
    if (typeof value !== 'string' || value === '')
      throw new BadInput(`${field} must be the id of a person`);
    return receivers.numberOf(value);
  },
});

/** Rules of the method `batch` meet whole batches; all others meet messages, alone or in batches, and uploads. */
const replaceTrouble = (world: FacebookWorld, body: unknown): void => {
  const { rules, ...plan } = readPlan(body, rulesOf(world));
  const isOfBatches = (method = ''): boolean => method.toLowerCase() === 'batch';
  world.troubles.replace({ ...plan, rules: rules.filter(({ method }) => !isOfBatches(method)) });
  world.batchTroubles.replace({ rules: rules.filter(({ method }) => isOfBatches(method)) });
};

const DELAYS = ['echoAfterMs', 'deliveredAfterMs', 'seenAfterMs'] as const;

const readReceiptPlan = (body: unknown): ReceiptPlan => {
  const fields = new AdminFields(body).only([...DELAYS, 'copies', 'shuffled', 'ids']);
  const delays = DELAYS.filter((name) => fields.has(name)).map(
    (name) => [name, fields.integer(name, 0)] as const,
  );
  return {
    ...Object.fromEntries(delays),
    copies: fields.optionalInteger('copies', 1) ?? 1,
    shuffled: fields.optionalFlag('shuffled') ?? false,
    ids: fields.optionalFlag('ids') ?? true,
  };
};

/** Registers a Page, or changes it. `appSecret` signs what its webhook is told. */
const registerPage = (world: FacebookWorld, token: string, body: unknown): Bot => {
  const fields = new AdminFields(body ?? {}).only([...PROFILE_FIELDS, 'appId', 'appSecret']);
  const app = { id: fields.optionalText('appId'), secret: fields.optionalText('appSecret') };
  const bot = registerAs(world, token, fields);
  world.pages.setApp(bot, app);
  return bot;
};

/** Messenger for the admin API; `PUT receipts` says what it reports by itself. */
export const facebookSide = (world: FacebookWorld): Side => ({
  channel: 'facebook',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  names: {
    chat: (number) => world.receivers.idOf(number),
    message: (number) => world.mids.ofMessage(number),
  },
  register: (token, body) => registerPage(world, token, body),
  replaceTrouble: (body) => {
    replaceTrouble(world, body);
  },
  press: (body) => press(world, body),
  sendUpdate: (body) => sendUpdate(world, body),
  chat: (bot, psid) => {
    const number = world.receivers.numberOf(psid);
    const messages = world.chats.messages(knownBot(world, bot.token), number);
    return { chat: psid, blocked: bot.blocked.has(number), messages };
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
