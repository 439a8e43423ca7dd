import type { ConnectionStatus, Filter, Moments, VariableCondition } from '@crier/contracts';
import { readBehaviour } from './behaviour-json.ts';
import { isObject, type Problems } from './filter-problems.ts';
import { readDays, readText } from './filter-values.ts';
import { epochOf } from './moments.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads one kind of condition; `keys` are what may stand beside its own name. */
interface ConditionReader {
  readonly keys: readonly string[];
  read(json: Fields, path: string, problems: Problems): Filter | undefined;
}

const STATUSES: readonly ConnectionStatus[] = ['enabled', 'unsubscribed', 'blocked', 'disabled'];

const text = (key: string, made: (value: string) => Filter): ConditionReader => ({
  keys: [],
  read: (json, path, problems) => {
    const value = readText(json[key], `${path}.${key}`, problems);
    return value === undefined ? undefined : made(value);
  },
});

const status: ConditionReader = {
  keys: [],
  read: (json, path, problems) => {
    const known = STATUSES.find((one) => one === json.status);
    if (known) return { status: known };
    problems.add(`${path}.status`, 'FILTER_STATUS_UNKNOWN', `Use one of ${STATUSES.join(', ')}.`);
    return undefined;
  },
};

const ORDERED = ['number', 'string'];
const EQUATED = [...ORDERED, 'boolean'];
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  is: EQUATED,
  isNot: EQUATED,
  above: ORDERED,
  below: ORDERED,
  contains: ['string'],
  exists: ['boolean'],
};

const readOperand = (key: string, value: unknown, path: string, problems: Problems): boolean => {
  const isAccepted = ACCEPTED[key]?.includes(typeof value) === true;
  if (!isAccepted || (typeof value === 'number' && !Number.isFinite(value))) {
    problems.add(path, 'FILTER_VALUE_INVALID', `Write ${operandOf(key)} here.`);
    return false;
  }
  // Variables may be empty texts, so these can be asked for; an empty part would be in every text.
  if (typeof value !== 'string' || (value === '' && key !== 'contains')) return true;
  return readText(value, path, problems) !== undefined;
};

const operandOf = (key: string): string => {
  if (key === 'exists') return 'true or false';
  if (key === 'contains') return 'a text';
  return key === 'above' || key === 'below'
    ? 'a number or a text'
    : 'a text, a number or a boolean';
};

const OPERATORS = Object.keys(ACCEPTED);

const variable: ConditionReader = {
  keys: OPERATORS,
  read: (json, path, problems) => {
    const name = readText(json.variable, `${path}.variable`, problems);
    const asked = OPERATORS.filter((key) => json[key] !== undefined);
    if (asked.length === 0) {
      problems.add(path, 'FILTER_OPERATOR_MISSING', `Add one of ${OPERATORS.join(', ')}.`);
    }
    const operands = asked.filter((key) => readOperand(key, json[key], `${path}.${key}`, problems));
    if (name === undefined || operands.length === 0) return undefined;
    const operators = Object.fromEntries(operands.map((key) => [key, json[key]]));
    return { ...(operators as Omit<VariableCondition, 'variable'>), variable: name };
  },
};

const readDate = (value: unknown, path: string, problems: Problems): string | undefined => {
  if (typeof value === 'string' && epochOf(value) !== undefined) return value;
  problems.add(
    path,
    'FILTER_DATE_INVALID',
    'Write a date such as 2026-01-01 (UTC) or an instant such as 2026-01-01T09:00:00Z.',
  );
  return undefined;
};

const MOMENTS = ['before', 'after', 'withinDays'];

const readMoments = (json: unknown, path: string, problems: Problems): Moments | undefined => {
  if (!isObject(json) || !MOMENTS.some((key) => json[key] !== undefined)) {
    problems.add(
      path,
      'FILTER_OPERATOR_MISSING',
      'Write {"before": date}, {"after": date} or {"withinDays": number} here.',
    );
    return undefined;
  }
  for (const key of Object.keys(json).filter((one) => !MOMENTS.includes(one))) {
    problems.add(
      `${path}.${key.slice(0, 64)}`,
      'FILTER_UNKNOWN_KEY',
      `Remove this key; known here: ${MOMENTS.join(', ')}.`,
    );
  }
  const { before, after, withinDays } = json;
  const earliest = after === undefined ? undefined : readDate(after, `${path}.after`, problems);
  const end = before === undefined ? undefined : readDate(before, `${path}.before`, problems);
  const days =
    withinDays === undefined ? undefined : readDays(withinDays, `${path}.withinDays`, problems);
  return {
    ...(end === undefined ? {} : { before: end }),
    ...(earliest === undefined ? {} : { after: earliest }),
    ...(days === undefined ? {} : { withinDays: days }),
  };
};

const moments = (key: string, made: (value: Moments) => Filter): ConditionReader => ({
  keys: [],
  read: (json, path, problems) => {
    const value = readMoments(json[key], `${path}.${key}`, problems);
    return value && made(value);
  },
});

const behaviour: ConditionReader = {
  keys: [],
  read: (json, path, problems) => {
    const read = readBehaviour(json.behaviour, `${path}.behaviour`, problems);
    return read && { behaviour: read };
  },
};

/** Every kind of condition by the key that names it. */
export const conditionReaders: Readonly<Record<string, ConditionReader>> = {
  status,
  tag: text('tag', (tag) => ({ tag })),
  tunnel: text('tunnel', (tunnel) => ({ tunnel })),
  channel: text('channel', (channel) => ({ channel })),
  bot: text('bot', (bot) => ({ bot })),
  language: text('language', (language) => ({ language })),
  variable,
  firstContact: moments('firstContact', (firstContact) => ({ firstContact })),
  lastActive: moments('lastActive', (lastActive) => ({ lastActive })),
  behaviour,
};
