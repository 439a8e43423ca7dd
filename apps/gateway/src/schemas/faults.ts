import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Fault } from '../problems/problem.ts';

const MOST = 20;
const SHOWN = 64;

/** `/elements/0/buttons` → `elements[0].buttons`. */
const pathOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~').slice(0, SHOWN))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joined(path, part)), '');

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const kindOf = (type: unknown): string =>
  (Array.isArray(type) ? type : [type])
    .map((one) => KINDS[String(one)] ?? String(one))
    .join(' or ');

interface Context {
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const numberIn = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : undefined;

const described = ({ description }: Context['schema']): string =>
  typeof description === 'string' ? description : 'one of the forms that the API describes';

const range = ({ schema }: Context): string => {
  const least = numberIn(schema.minimum);
  const most = numberIn(schema.maximum);
  if (least === undefined) return `at most ${most ?? 'what is allowed'}`;
  return most === undefined ? `at least ${least}` : `from ${least} to ${most}`;
};

const between = (least: unknown, most: unknown, unit: string): string => {
  const from = numberIn(least) ?? '0';
  const to = numberIn(most);
  return to === undefined ? `at least ${from} ${unit}` : `${from} to ${to} ${unit}`;
};

const formed = ({ schema }: Context): string =>
  typeof schema.description === 'string'
    ? `Give ${schema.description}.`
    : `Give it in the form ${String(schema.format ?? schema.pattern)}.`;

const textLength = ({ schema }: Context): string =>
  `Give a text of ${between(schema.minLength, schema.maxLength, 'characters')}.`;
const itemCount = ({ schema }: Context): string =>
  `Give ${between(schema.minItems, schema.maxItems, 'items')}.`;
const inRange = (context: Context): string => `Give a number ${range(context)}.`;
const known = ({ schema }: Context): string =>
  typeof schema.properties === 'object' && schema.properties !== null
    ? Object.keys(schema.properties).join(', ')
    : '';

type Sentence = readonly [code: string, message: (context: Context) => string];

const SENTENCES: Readonly<Record<string, Sentence>> = {
  required: [
    'REQUIRED',
    ({ params }) => `Give ${String(params.missingProperty)} here; it is required.`,
  ],
  additionalProperties: [
    'UNKNOWN_FIELD',
    (c) => `Remove it; known here: ${known(c) || 'nothing'}.`,
  ],
  type: ['WRONG_TYPE', ({ params }) => `Give ${kindOf(params.type)}.`],
  enum: [
    'NOT_ALLOWED',
    ({ schema }) => `Use one of ${(schema.enum as readonly unknown[]).map(String).join(', ')}.`,
  ],
  const: ['NOT_ALLOWED', ({ schema }) => `Write ${JSON.stringify(schema.const)}.`],
  discriminator: [
    'NOT_ALLOWED',
    ({ params, schema }) => `Give a known ${String(params.tag)}: ${described(schema)}.`,
  ],
  minLength: ['TEXT_LENGTH', textLength],
  maxLength: ['TEXT_LENGTH', textLength],
  minItems: ['COUNT', itemCount],
  maxItems: ['COUNT', itemCount],
  maxProperties: ['COUNT', ({ schema }) => `Give at most ${String(schema.maxProperties)} entries.`],
  minimum: ['OUT_OF_RANGE', inRange],
  maximum: ['OUT_OF_RANGE', inRange],
  pattern: ['BAD_FORMAT', formed],
  format: ['BAD_FORMAT', formed],
  propertyNames: ['BAD_NAME', () => 'Name it with small letters, digits, - and _.'],
  oneOf: ['EXACTLY_ONE', () => 'Give exactly one of the allowed forms: either url or media.'],
  anyOf: ['NO_FORM_FITS', ({ schema }) => `Give ${described(schema)}.`],
};

/** The name at fault under the place that an error is at, by keyword. */
const NAMED: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
  discriminator: 'tag',
  propertyNames: 'propertyName',
};

const paramsOf = ({ params }: ErrorObject): Readonly<Record<string, unknown>> =>
  params as Readonly<Record<string, unknown>>;

const faultOf = (error: ErrorObject): Fault => {
  const base = pathOf(error.instancePath);
  const named = paramsOf(error)[NAMED[error.keyword] ?? ''];
  const path = typeof named === 'string' ? joined(base, named.slice(0, SHOWN)) : base;
  const schema = (error.parentSchema ?? {}) as Readonly<Record<string, unknown>>;
  const [code, message] = SENTENCES[error.keyword] ?? [
    'INVALID',
    () => 'This is not allowed here.',
  ];
  return { path, code, message: message({ params: paramsOf(error), schema, path }) };
};

const ALTERNATIVES = ['anyOf', 'oneOf'];
const ABOUT_FIELDS = ['required', 'additionalProperties'];

/** Says something about a form that was meant: about its fields, not that it is another form. */
const saysMore = (error: ErrorObject, at: string): boolean =>
  error.instancePath.startsWith(`${at}/`) ||
  (error.instancePath === at && ABOUT_FIELDS.includes(error.keyword));

/** Of a choice of forms: what is wrong with the form that was meant, or that none was. */
const chosen = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const anyOf = errors.filter(({ keyword }) => keyword === 'anyOf');
  const oneOf = errors.filter(({ keyword }) => keyword === 'oneOf');
  const meant = anyOf.filter(({ instancePath }) => errors.some((e) => saysMore(e, instancePath)));
  const isDropped = (error: ErrorObject): boolean => {
    const { keyword, instancePath: at } = error;
    if (meant.includes(error)) return true;
    if (ALTERNATIVES.includes(keyword)) return false;
    if (anyOf.some(({ instancePath }) => instancePath === at)) return !saysMore(error, at);
    return keyword === 'required' && oneOf.some(({ instancePath }) => instancePath === at);
  };
  return errors.filter((error) => !isDropped(error));
};

const withoutRepeats = (faults: readonly Fault[]): readonly Fault[] => {
  const seen = new Set<string>();
  return faults.filter(({ path }) => !seen.has(path) && seen.add(path));
};

/** Validation errors as sentences for people: each names the field and the fix. At most 20, one a place. */
export const faultsOf = (errors: readonly ErrorObject[]): readonly Fault[] => {
  const plain = errors.filter(({ propertyName }) => propertyName === undefined);
  return withoutRepeats(chosen(plain).map(faultOf)).slice(0, MOST);
};
