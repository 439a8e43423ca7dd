import type { JsonSchema } from '../schemas/schema.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;

interface Discriminated {
  readonly discriminator: { readonly propertyName: string };
  readonly oneOf: readonly { readonly $ref: string }[];
}

const isDiscriminated = (schema: JsonSchema): schema is JsonSchema & Discriminated =>
  'discriminator' in schema;

const valuesOf = (schema: JsonSchema | undefined, property: string): readonly string[] => {
  const { [property]: told } = (schema?.['properties'] ?? {}) as Record<
    string,
    { readonly const?: string; readonly enum?: readonly string[] }
  >;
  return told?.enum ?? (told?.const === undefined ? [] : [told.const]);
};

const mapped = (schema: JsonSchema & Discriminated, schemas: Schemas): JsonSchema => {
  const { propertyName } = schema.discriminator;
  const mapping = schema.oneOf.flatMap(({ $ref }) =>
    valuesOf(schemas[$ref.split('/').at(-1) ?? ''], propertyName).map(
      (value) => [value, $ref] as const,
    ),
  );
  return { ...schema, discriminator: { propertyName, mapping: Object.fromEntries(mapping) } };
};

/**
 * Schemas as the description of the API shows them. Without a mapping a discriminator would mean the names of the schemas
 * (`LinkButton`); what is sent is `link`. The validator reads the values itself and takes no mapping.
 */
export const withMappings = (schemas: Schemas): Schemas =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      isDiscriminated(schema) ? mapped(schema, schemas) : schema,
    ]),
  );
