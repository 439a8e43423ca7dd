import type { ConnectionStatus, VariableValue } from '@crier/contracts';
import { isObject } from './filter-problems.ts';
import { epochOf } from './moments.ts';

/** Why a change is refused: the field, a stable code and a sentence with the fix. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** Thrown inside one reading of a change and caught at its end; never leaves this folder. */
export class Refused {
  readonly refusal: Refusal;

  constructor(field: string, code: string, message: string) {
    this.refusal = { ok: false, code, field, message };
  }
}

const refuse = (field: string, code: string, message: string): never => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a value on its way to the reader, not a failure
  throw new Refused(field, code, message);
};

export const MAX_LABELS = 200;
export const MAX_VARIABLES = 100;
export const MAX_CONNECTIONS = 50;
const MAX_LABEL = 100;
const MAX_TEXT = 256;
const MAX_VALUE = 1_000;
const VARIABLE_NAME = /^[A-Za-z_][\w.]{0,63}$/;
const STATUSES: readonly ConnectionStatus[] = ['enabled', 'unsubscribed', 'blocked', 'disabled'];

/** A text of 1 to `most` characters. */
export const textOf = (value: unknown, field: string, most = MAX_TEXT): string => {
  if (typeof value !== 'string')
    return refuse(field, 'TEXT_EXPECTED', 'Give a text of at least one character.');
  if (value === '' || value.length > most)
    return refuse(field, 'TEXT_LENGTH', `Give a text of 1 to ${most} characters.`);
  if (/\p{Surrogate}|\0/u.test(value))
    return refuse(field, 'TEXT_NOT_UNICODE', 'Give valid Unicode text without null characters.');
  return value;
};

/** A list of distinct labels (tags, tunnels), in the order given. */
export const labelsOf = (value: unknown, field: string): readonly string[] => {
  if (!Array.isArray(value)) return refuse(field, 'LIST_EXPECTED', 'Give a list of texts.');
  if (value.length > MAX_LABELS) return tooMany(field, MAX_LABELS);
  return [...new Set(value.map((label, index) => textOf(label, `${field}[${index}]`, MAX_LABEL)))];
};

export const tooMany = (field: string, most: number): never =>
  refuse(field, 'TOO_MANY', `A contact can have at most ${most} of these.`);

/** A checked name or tag, remembered: both checks build costly objects. */
const remembered = (check: (text: string) => string | undefined) => {
  const known = new Map<string, string | undefined>();
  return (text: string): string | undefined => {
    if (known.size > 1_000) known.clear();
    if (!known.has(text)) known.set(text, check(text));
    return known.get(text);
  };
};

const attempt = (make: () => string | undefined): string | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

const canonicalLanguage = remembered((text) => attempt(() => Intl.getCanonicalLocales(text)[0]));
const knownZone = remembered((zone) =>
  attempt(() => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone),
);

/** A BCP 47 tag in its canonical case. */
export const languageOf = (value: unknown, field: string): string =>
  canonicalLanguage(textOf(value, field)) ??
  refuse(field, 'LANGUAGE_INVALID', 'Give a BCP 47 language tag such as en or pt-BR.');

/** A zone that this machine's time zone data knows. */
export const zoneOf = (value: unknown, field: string): string => {
  const zone = textOf(value, field);
  return /^[A-Za-z]/.test(zone) && knownZone(zone) !== undefined
    ? zone
    : refuse(field, 'ZONE_INVALID', 'Give an IANA time zone such as Europe/Kyiv.');
};

/** A date or instant, as an instant in UTC. */
export const instantOf = (value: unknown, field: string): string => {
  const epoch = typeof value === 'string' ? epochOf(value) : undefined;
  return epoch === undefined
    ? refuse(
        field,
        'INSTANT_INVALID',
        'Give an instant such as 2026-01-01T09:00:00Z or a date such as 2026-01-01.',
      )
    : new Date(epoch).toISOString();
};

export const statusOf = (value: unknown, field: string): ConnectionStatus =>
  STATUSES.find((status) => status === value) ??
  refuse(field, 'STATUS_UNKNOWN', `Use one of ${STATUSES.join(', ')}.`);

const valueOf = (value: unknown, field: string): VariableValue | null => {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') {
    return refuse(field, 'VALUE_INVALID', 'Give a text, a finite number, true, false or null.');
  }
  return value === '' ? value : textOf(value, field, MAX_VALUE);
};

/** Variables by name; `null` stands for "remove this one". */
export const variablesOf = (
  value: unknown,
  field: string,
): Readonly<Record<string, VariableValue | null>> => {
  if (!isObject(value)) return refuse(field, 'OBJECT_EXPECTED', 'Give an object of name: value.');
  const entries = Object.entries(value);
  if (entries.length > MAX_VARIABLES) return tooMany(field, MAX_VARIABLES);
  return Object.fromEntries(
    entries.map(([name, one]) => {
      const where = `${field}.${name.slice(0, 64)}`;
      if (!VARIABLE_NAME.test(name) || name === '__proto__') {
        refuse(
          where,
          'VARIABLE_NAME_INVALID',
          'Name it with letters, digits, _ and . (at most 64 characters), not beginning with a digit.',
        );
      }
      return [name, valueOf(one, where)];
    }),
  );
};

/** The fields of an object that has no others than `known`. */
export const fieldsOf = (
  value: unknown,
  field: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> => {
  if (!isObject(value)) return refuse(field, 'OBJECT_EXPECTED', 'Give an object.');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return value;
  const where = field === '' ? unknown.slice(0, 64) : `${field}.${unknown.slice(0, 64)}`;
  return refuse(where, 'UNKNOWN_FIELD', `Remove it; known are ${known.join(', ')}.`);
};

export const booleanOf = (value: unknown, field: string): boolean =>
  typeof value === 'boolean' ? value : refuse(field, 'BOOLEAN_EXPECTED', 'Give true or false.');

/** Refuses from inside a rule that needs more than one field. */
export const refuseField = refuse;
