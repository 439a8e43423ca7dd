type Context = { readonly source?: string };

const exact = (_name: string, value: unknown, context?: Context): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && context?.source !== undefined
    ? context.source
    : value;

/**
 * Reads JSON, keeping every number that JavaScript would round as the text it was written as: Viber's tokens have 64
 * bits. `undefined` for anything but a JSON object.
 */
export const parseExactly = (json: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const parsed: unknown = JSON.parse(json, exact);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
};

/** A `message_token` as text; empty where there is none. */
export const tokenText = (token: unknown): string =>
  typeof token === 'string' || Number.isSafeInteger(token) ? String(token) : '';
