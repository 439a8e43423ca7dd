import { knownBot, PROFILE_FIELDS, registerAs } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { BadInput } from '../errors.ts';
import { COMMON_KINDS, commonDeed, readPlan, type RuleDialect } from '../rule-input.ts';
import type { Side } from '../side.ts';
import { LOGIN_REFUSALS, REFUSALS, THROTTLES } from './errors.ts';
import { press } from './pressing.ts';
import { sendActivity } from './telling.ts';
import type { SkypeDeed, SkypeWorld } from './world.ts';

const KINDS = [...COMMON_KINDS, ...Object.keys(REFUSALS), ...Object.keys(LOGIN_REFUSALS)];
const LOGIN_METHOD = 'token';
const MOST_LIFE_S = 86_400;

const deedIn = (fields: AdminFields): SkypeDeed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  const kind = fields.choice('kind', KINDS);
  const isThrottle = THROTTLES.includes(kind);
  fields.only(isThrottle ? ['kind', 'retryAfter'] : ['kind']);
  const retryAfter = isThrottle ? fields.optionalInteger('retryAfter', 0) : undefined;
  return { kind: 'refused', as: kind, ...(retryAfter === undefined ? {} : { retryAfter }) };
};

const rulesOf = ({ places }: SkypeWorld): RuleDialect<SkypeDeed> => ({
  deed: deedIn,
  chat: (value, field) => {
    if (typeof value !== 'string' || value === '')
      throw new BadInput(`${field} must be the id of a conversation`);
    return places.numberOf(value);
  },
});

/** Rules for the method `token` meet the login, all others the requests to send. */
const replaceTrouble = (world: SkypeWorld, body: unknown): void => {
  const { rules, ...more } = readPlan(body, rulesOf(world));
  const isLogin = ({ method = '' }: { readonly method?: string }): boolean =>
    method.toLowerCase() === LOGIN_METHOD;
  world.loginTroubles.replace({ ...more, rules: rules.filter(isLogin) });
  world.troubles.replace({ ...more, rules: rules.filter((rule) => !isLogin(rule)) });
};

const webhookIn = (fields: AdminFields): string => {
  const url = fields.text('webhook');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new BadInput('webhook must be an http or https address');
  return url;
};

/** Registers what is set in the Azure portal, the address of the webhook included: nothing else sets that. */
const register = (world: SkypeWorld, appId: string, body: unknown): Bot => {
  const fields = new AdminFields(body ?? {}).only([
    ...PROFILE_FIELDS,
    ...['secret', 'tenantId', 'channelId', 'webhook'],
  ]);
  const url = fields.has('webhook') ? webhookIn(fields) : undefined;
  const texts = ['secret', 'tenantId', 'channelId'].filter((name) => fields.has(name));
  const given = Object.fromEntries(texts.map((name) => [name, fields.text(name)]));
  const bot = registerAs(world, appId, fields);
  world.registerAs(bot, given);
  if (url !== undefined) bot.webhook = { url, secretToken: undefined, allowedUpdates: undefined };
  return bot;
};

const setLife = ({ tokens }: SkypeWorld, body: unknown): void => {
  const lifeS = new AdminFields(body).only(['expiresInS']).integer('expiresInS', 1);
  if (lifeS > MOST_LIFE_S) throw new BadInput(`expiresInS must be at most ${MOST_LIFE_S}`);
  tokens.lifeS = lifeS;
};

/**
 * Skype for the admin API. A bot's token is its app id. `PUT tokens` says how long access tokens live, `DELETE tokens`
 * ends them all now, `POST keys` signs webhook calls with a new key. There are no receipts to plan: Skype has none.
 */
export const skypeSide = (world: SkypeWorld): Side => ({
  channel: 'skype',
  bots: world.bots,
  record: world.record,
  counts: world.counts,
  names: {
    chat: (number) => world.places.idOf(number),
    message: (number) => world.ids.ofMessage(number),
  },
  register: (appId, body) => register(world, appId, body),
  replaceTrouble: (body) => {
    replaceTrouble(world, body);
  },
  press: (body) => press(world, body),
  sendUpdate: (body) => sendActivity(world, body),
  chat: (bot, conversation) => {
    const number = world.places.numberOf(conversation);
    const messages = world.conversations.messages(knownBot(world, bot.token), number);
    return { chat: conversation, blocked: bot.blocked.has(number), messages };
  },
  clear: () => {
    world.conversations.clear();
  },
  more: {
    'PUT tokens': (body) => {
      setLife(world, body);
      return { ok: true };
    },
    'DELETE tokens': () => {
      world.tokens.revoke();
      return { ok: true };
    },
    'POST keys': () => ({ kid: world.keys.rotate() }),
  },
});
