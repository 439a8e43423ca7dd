import { AdminFields, chatId } from './admin-fields.ts';
import { BadInput } from './errors.ts';
import { toldAnswer } from './told-answer.ts';
import { LOST_ANSWERS, REFUSALS, VAGUE_TROUBLE } from './rules.ts';
import type { CommonDeed, Deed, Latency, Rule, TroublePlan } from './rules.ts';

/** How the rules of one channel are written. */
export interface RuleDialect<Does extends { readonly kind: string }> {
  /** Every `do.kind` but `latency`, and what stands beside it. */
  readonly deed: (fields: AdminFields) => Does;
  /** The number of a chat. @throws BadInput naming `field` */
  readonly chat: (value: unknown, field: string) => number;
}

/** Kinds of trouble that rules of every channel may name. */
export const COMMON_KINDS = [...LOST_ANSWERS, ...VAGUE_TROUBLE, 'answer'] as const;

const RULE_FIELDS = ['id', 'bot', 'chat', 'share', 'method', 'nth', 'times', 'do'];
const HIGHEST_RATE = 100_000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Trouble that any channel may have; `undefined` for any other kind. */
export const commonDeed = (fields: AdminFields): CommonDeed | undefined => {
  const kind = COMMON_KINDS.find((each) => each === fields.raw('kind'));
  if (kind === undefined) return undefined;
  if (kind === 'answer') return toldAnswer(fields);
  const lost = LOST_ANSWERS.find((each) => each === kind);
  if (lost !== undefined) {
    fields.only(['kind']);
    return { kind: lost };
  }
  const executed = fields.only(['kind', 'executed']).optionalFlag('executed');
  return { kind: fields.choice('kind', VAGUE_TROUBLE), executed: executed ?? false };
};

const telegramDeed = (fields: AdminFields): Deed => {
  const common = commonDeed(fields);
  if (common !== undefined) return common;
  const kind = fields.choice('kind', [...COMMON_KINDS, ...REFUSALS, 'flood', 'migrate']);
  if (kind === 'flood')
    return { kind, retryAfter: fields.only(['kind', 'retryAfter']).integer('retryAfter', 0) };
  if (kind === 'migrate') return { kind, to: fields.only(['kind', 'to']).chat('to') };
  fields.only(['kind']);
  return { kind: fields.choice('kind', REFUSALS) };
};

const TELEGRAM: RuleDialect<Deed> = { deed: telegramDeed, chat: chatId };

const chats = (
  fields: AdminFields,
  path: string,
  idOf: RuleDialect<never>['chat'],
): number | readonly number[] => {
  if (!Array.isArray(fields.raw('chat'))) return idOf(fields.raw('chat'), `${path}.chat`);
  return fields.list('chat').map((chat, index) => idOf(chat, `${path}.chat[${index}]`));
};

const share = (fields: AdminFields, path: string): { readonly of: number; readonly is: number } => {
  const part = fields.object('share').only(['of', 'is']);
  const of = part.integer('of', 1);
  const is = part.integer('is', 0);
  if (is >= of) throw new BadInput(`${path}.share.is must be below share.of`);
  return { of, is };
};

const consequence = <Does extends { readonly kind: string }>(
  fields: AdminFields,
  dialect: RuleDialect<Does>,
): Does | Latency =>
  fields.raw('kind') === 'latency'
    ? { kind: 'latency', ms: fields.only(['kind', 'ms']).integer('ms', 0) }
    : dialect.deed(fields);

const rule = <Does extends { readonly kind: string }>(
  value: unknown,
  path: string,
  dialect: RuleDialect<Does>,
): Rule<Does> => {
  const fields = new AdminFields(value, path).only(RULE_FIELDS);
  const read: Mutable<Rule<Does>> = { do: consequence(fields.object('do'), dialect) };
  if (fields.has('id')) read.id = fields.text('id');
  if (fields.has('bot')) read.bot = fields.text('bot');
  if (fields.has('chat')) read.chat = chats(fields, path, dialect.chat);
  if (fields.has('share')) read.share = share(fields, path);
  if (fields.has('method')) read.method = fields.text('method');
  if (fields.has('nth')) read.nth = fields.integer('nth', 1);
  if (fields.has('times')) read.times = fields.integer('times', 1);
  return read;
};

/** Reads what `PUT /sandbox/telegram/trouble` takes. @throws BadInput naming the field. */
export const readTroublePlan = (body: unknown): TroublePlan => readPlan(body, TELEGRAM);

/** Reads what `PUT /sandbox/<channel>/trouble` takes. @throws BadInput naming the field. */
export const readPlan = <Does extends { readonly kind: string }>(
  body: unknown,
  dialect: RuleDialect<Does>,
): TroublePlan<Does> => {
  const fields = new AdminFields(body).only(['rules', 'latencyMs', 'perSecond']);
  const rules = fields.has('rules') ? fields.list('rules') : [];
  const plan: Mutable<TroublePlan<Does>> = {
    rules: rules.map((value, index) => rule(value, `rules[${index}]`, dialect)),
  };
  if (fields.has('latencyMs')) plan.latencyMs = fields.integer('latencyMs', 0);
  if (fields.has('perSecond')) {
    plan.perSecond = fields.integer('perSecond', 1);
    if (plan.perSecond > HIGHEST_RATE)
      throw new BadInput(`perSecond must be at most ${HIGHEST_RATE}`);
  }
  return plan;
};
