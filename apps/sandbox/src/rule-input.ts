import { AdminFields, chatId } from './admin-fields.ts';
import { BadInput } from './errors.ts';
import { LOST_ANSWERS, REFUSALS, VAGUE_TROUBLE, type Rule, type TroublePlan } from './rules.ts';

const NAMED = [...REFUSALS, ...LOST_ANSWERS] as const;
const KINDS = [...NAMED, ...VAGUE_TROUBLE, 'flood', 'migrate', 'latency'] as const;
const RULE_FIELDS = ['id', 'bot', 'chat', 'share', 'method', 'nth', 'times', 'do'];
const HIGHEST_RATE = 100_000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const consequence = (fields: AdminFields): Rule['do'] => {
  const kind = fields.choice('kind', KINDS);
  if (kind === 'flood')
    return { kind, retryAfter: fields.only(['kind', 'retryAfter']).integer('retryAfter', 0) };
  if (kind === 'migrate') return { kind, to: fields.only(['kind', 'to']).chat('to') };
  if (kind === 'latency') return { kind, ms: fields.only(['kind', 'ms']).integer('ms', 0) };
  const vague = VAGUE_TROUBLE.find((each) => each === kind);
  if (vague !== undefined) {
    const executed = fields.only(['kind', 'executed']).optionalFlag('executed');
    return { kind: vague, executed: executed ?? false };
  }
  fields.only(['kind']);
  return { kind: fields.choice('kind', NAMED) };
};

const chats = (fields: AdminFields, path: string): number | readonly number[] => {
  if (!Array.isArray(fields.raw('chat'))) return fields.chat('chat');
  return fields.list('chat').map((chat, index) => chatId(chat, `${path}.chat[${index}]`));
};

const share = (fields: AdminFields, path: string): { readonly of: number; readonly is: number } => {
  const part = fields.object('share').only(['of', 'is']);
  const of = part.integer('of', 1);
  const is = part.integer('is', 0);
  if (is >= of) throw new BadInput(`${path}.share.is must be below share.of`);
  return { of, is };
};

const rule = (value: unknown, path: string): Rule => {
  const fields = new AdminFields(value, path).only(RULE_FIELDS);
  const read: Mutable<Rule> = { do: consequence(fields.object('do')) };
  if (fields.has('id')) read.id = fields.text('id');
  if (fields.has('bot')) read.bot = fields.text('bot');
  if (fields.has('chat')) read.chat = chats(fields, path);
  if (fields.has('share')) read.share = share(fields, path);
  if (fields.has('method')) read.method = fields.text('method');
  if (fields.has('nth')) read.nth = fields.integer('nth', 1);
  if (fields.has('times')) read.times = fields.integer('times', 1);
  return read;
};

/** Reads what `PUT /sandbox/telegram/trouble` takes. @throws BadInput naming the field. */
export const readTroublePlan = (body: unknown): TroublePlan => {
  const fields = new AdminFields(body).only(['rules', 'latencyMs', 'perSecond']);
  const rules = fields.has('rules') ? fields.list('rules') : [];
  const plan: Mutable<TroublePlan> = {
    rules: rules.map((value, index) => rule(value, `rules[${index}]`)),
  };
  if (fields.has('latencyMs')) plan.latencyMs = fields.integer('latencyMs', 0);
  if (fields.has('perSecond')) {
    plan.perSecond = fields.integer('perSecond', 1);
    if (plan.perSecond > HIGHEST_RATE)
      throw new BadInput(`perSecond must be at most ${HIGHEST_RATE}`);
  }
  return plan;
};
