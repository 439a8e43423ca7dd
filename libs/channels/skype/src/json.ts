/** A JSON object whose fields may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that a text writes down; `undefined` for anything else. */
export const fieldsIn = (json: string): Fields | undefined => {
  try {
    const parsed: unknown = JSON.parse(json);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** The fields of a value; none where it is no object. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** A text; empty where the value is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
