import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Fault } from '../problems/problem.ts';
import { faultsOf } from './faults.ts';
import { schemas } from './index.ts';
import { querySchemas, type QueryName } from './queries.ts';
import type { JsonSchema } from './schema.ts';

const ROOT = 'https://crier.dev/openapi';

const ajvWith = (coerceTypes: boolean): Ajv2020 => {
  const ajv = new Ajv2020({
    allErrors: true,
    coerceTypes,
    discriminator: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
  });
  formats.default(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: ROOT, components: { schemas } });
  return ajv;
};

/** Compiles schemas once, when they are first needed. */
class Compiled {
  readonly #ajv: Ajv2020;
  readonly #known = new Map<string, ValidateFunction>();

  constructor(coerceTypes: boolean) {
    this.#ajv = ajvWith(coerceTypes);
  }

  errors(key: string, schema: () => JsonSchema, value: unknown): readonly ErrorObject[] {
    let validate = this.#known.get(key);
    if (!validate) {
      validate = this.#ajv.compile(schema());
      this.#known.set(key, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []);
  }
}

const bodies = new Compiled(false);
const queries = new Compiled(true);

/** Everything that is wrong with a value, by the schema of this name; nothing: it is in order. */
export const faultsInBody = (schema: string, value: unknown): readonly Fault[] =>
  faultsOf(bodies.errors(schema, () => ({ $ref: `${ROOT}#/components/schemas/${schema}` }), value));

/** The same for a query. Numbers in it become numbers. */
export const faultsInQuery = (query: QueryName, value: unknown): readonly Fault[] =>
  faultsOf(queries.errors(query, () => querySchemas[query], value));
