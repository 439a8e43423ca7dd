/** A JSON Schema (2020-12). References name the components of the API's description. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

interface ObjectOptions {
  readonly optional?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
}

/** An object with exactly these properties: `required` ones and optional ones. */
export const object = (
  required: Readonly<Record<string, JsonSchema>>,
  { optional = {}, description }: ObjectOptions = {},
): JsonSchema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties: { ...required, ...optional },
  ...(Object.keys(required).length > 0 ? { required: Object.keys(required) } : {}),
  additionalProperties: false,
});

export const list = (items: JsonSchema, most?: number, least?: number): JsonSchema => ({
  type: 'array',
  items,
  ...(most === undefined ? {} : { maxItems: most }),
  ...(least === undefined ? {} : { minItems: least }),
});

export const text = (most: number, least = 1): JsonSchema => ({
  type: 'string',
  minLength: least,
  maxLength: most,
});

export const oneOf = (...values: readonly string[]): JsonSchema => ({
  type: 'string',
  enum: values,
});

export const integer = (least: number, most?: number): JsonSchema => ({
  type: 'integer',
  minimum: least,
  ...(most === undefined ? {} : { maximum: most }),
});

export const count = integer(0);
export const instant: JsonSchema = { type: 'string', format: 'date-time' };
export const uuid: JsonSchema = { type: 'string', format: 'uuid' };
export const anything: JsonSchema = {};

export const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

/** An object from names to values of one kind. */
export const record = (values: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: values,
});

/** A page of a list. */
export const page = (items: string): JsonSchema =>
  object(
    { items: list(ref(items)) },
    { optional: { next: { type: 'string', description: 'Give it back as `after` to go on.' } } },
  );

/** A web address that a messenger or a person can open. */
export const webAddress: JsonSchema = {
  type: 'string',
  format: 'uri',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$',
  maxLength: 2_000,
  description: 'an http or https address',
};
