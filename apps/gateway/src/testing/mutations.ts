import type { JsonSchema } from '../schemas/schema.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;
type Path = readonly (string | number)[];

/** A body with one thing wrong, and where. */
export interface Mutation {
  readonly body: unknown;
  readonly path: string;
  readonly what: string;
}

const resolved = (schema: JsonSchema, schemas: Schemas): JsonSchema => {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  return name === undefined ? schema : resolved(schemas[name] ?? {}, schemas);
};

const alternativesOf = (schema: JsonSchema): readonly JsonSchema[] =>
  ((schema['anyOf'] ?? (schema['discriminator'] ? schema['oneOf'] : undefined)) as
    readonly JsonSchema[] | undefined) ?? [];

const propertiesOf = (schema: JsonSchema): Record<string, JsonSchema> =>
  (schema['properties'] ?? {}) as Record<string, JsonSchema>;

const TEXTS: Readonly<Record<string, string>> = {
  uri: 'https://a.example.com/x',
  'date-time': '2026-01-01T00:00:00Z',
};

const patternOf = ({ pattern }: JsonSchema): string => (typeof pattern === 'string' ? pattern : '');

const textOf = (schema: JsonSchema): string => {
  if (Array.isArray(schema['enum'])) return String(schema['enum'][0]);
  if (typeof schema['const'] === 'string') return schema['const'];
  if (patternOf(schema).includes('T\\d')) return '2099-01-01T09:00';
  if (patternOf(schema).startsWith('^[a-z]')) return 'telegram';
  if (patternOf(schema).startsWith('^[A-Z]')) return 'EUR';
  return TEXTS[String(schema['format'])] ?? 'text';
};

/** A value that the schema takes, with every property. Of the alternatives, the last object is shown. */
const sample = (raw: JsonSchema, schemas: Schemas, skip: readonly string[] = []): unknown => {
  const schema = resolved(raw, schemas);
  const alternatives = alternativesOf(schema).map((one) => resolved(one, schemas));
  const chosen = alternatives.findLast((one) => one['type'] === 'object') ?? alternatives[0];
  if (chosen) return sample(chosen, schemas, skip);
  const [type] = [schema['type']].flat() as readonly unknown[];
  switch (type) {
    case 'object': {
      const left = schema['oneOf'] ? ['media'] : [];
      const entries = Object.entries(propertiesOf(schema)).filter(([name]) => !left.includes(name));
      return Object.fromEntries(entries.map(([name, one]) => [name, sample(one, schemas)]));
    }
    case 'array':
      return [sample(schema['items'] as JsonSchema, schemas)];
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? 1);
    case 'boolean':
      return true;
    default:
      return textOf(schema);
  }
};

const setAt = (root: unknown, path: Path, value: unknown): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(root))
    return root.map((one: unknown, i) => (i === first ? setAt(one, rest, value) : one));
  const known = (root ?? {}) as Record<string, unknown>;
  if (rest.length === 0 && value === undefined) {
    return Object.fromEntries(Object.entries(known).filter(([name]) => name !== first));
  }
  return { ...known, [first]: setAt(known[first], rest, value) };
};

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`,
    '',
  );

const wrongTypes = (schema: JsonSchema): readonly unknown[] => {
  const types = [schema['type']].flat();
  const candidates: readonly [string, unknown][] = [
    ['string', 'text'],
    ['number', 1.5],
    ['boolean', true],
    ['object', { nonsense: 1 }],
    ['array', [[]]],
    ['null', null],
  ];
  return candidates
    .filter(([type]) => !types.includes(type) && !(type === 'number' && types.includes('integer')))
    .map(([, value]) => value);
};

const wrongValues = (schema: JsonSchema): readonly unknown[] => [
  ...(typeof schema['maxLength'] === 'number' ? ['x'.repeat(schema['maxLength'] + 1)] : []),
  ...(Number(schema['minLength'] ?? 0) > 0 ? [''] : []),
  ...(schema['enum'] !== undefined || schema['pattern'] !== undefined
    ? [schema['pattern'] === String.raw`\S` ? '  ' : '!nonsense ']
    : []),
  ...(typeof schema['minimum'] === 'number'
    ? [schema['minimum'] - 1, schema['minimum'] + 0.5]
    : []),
  ...(typeof schema['maximum'] === 'number' ? [schema['maximum'] + 1] : []),
];

function* at(raw: JsonSchema, schemas: Schemas, root: unknown, path: Path): Generator<Mutation> {
  const schema = resolved(raw, schemas);
  const alternatives = alternativesOf(schema).map((one) => resolved(one, schemas));
  const chosen = alternatives.findLast((one) => one['type'] === 'object') ?? alternatives[0];
  const make = (where: Path, value: unknown, what: string): Mutation => ({
    body: setAt(root, where, value),
    path: pathText(where),
    what,
  });
  if (chosen) {
    if (!alternatives.some((one) => one['type'] === 'boolean'))
      yield make(path, true, 'a wrong form');
    yield* at(chosen, schemas, root, path);
    return;
  }
  if (schema['type'] === undefined) return;
  for (const value of wrongTypes(schema)) yield make(path, value, `type ${JSON.stringify(value)}`);
  for (const value of wrongValues(schema))
    yield make(path, value, `value ${String(value).slice(0, 20)}`);
  if (schema['type'] === 'array') {
    const items = schema['items'] as JsonSchema;
    if (typeof schema['maxItems'] === 'number')
      yield make(
        path,
        Array.from({ length: schema['maxItems'] + 1 }, () => sample(items, schemas)),
        'too many',
      );
    if (Number(schema['minItems'] ?? 0) > 0) yield make(path, [], 'too few');
    yield* at(items, schemas, root, [...path, 0]);
  }
  const properties = propertiesOf(schema);
  if (schema['additionalProperties'] === false)
    yield make([...path, 'nonsense'], 1, 'an unknown field');
  for (const name of (schema['required'] ?? []) as readonly string[])
    yield make([...path, name], undefined, 'a missing field');
  const shown = Object.entries(properties).filter(
    ([name]) => !(schema['oneOf'] && name === 'media'),
  );
  for (const [name, one] of shown) yield* at(one, schemas, root, [...path, name]);
}

/** A body that the schema takes. */
export const sampleOf = (name: string, schemas: Schemas): unknown =>
  sample(schemas[name] ?? {}, schemas);

/** Bodies with one thing wrong each: types, lengths, ranges, missing and unknown fields, at every depth. */
export const mutations = (name: string, schemas: Schemas): readonly Mutation[] => [
  ...at(schemas[name] ?? {}, schemas, sampleOf(name, schemas), []),
];
