import { parseMultipart } from '../http/multipart.ts';
import type { Params } from '../telegram-methods/method.ts';

/**
 * The fields of a call: of the query, and of a form. VK reads no JSON, so a JSON body has none.
 */
export const readParams = (body: Buffer, contentType: string, query: string): Params => {
  const fields = Object.fromEntries(new URLSearchParams(query));
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return { ...fields, ...Object.fromEntries(new URLSearchParams(body.toString())) };
  if (!contentType.startsWith('multipart/form-data')) return fields;
  const parts = parseMultipart(body, contentType) ?? [];
  const texts = parts.map(({ name, data }) => [name, data.toString()] as const);
  return { ...fields, ...Object.fromEntries(texts) };
};

/** A whole number in a field, which may be digits; `undefined` for anything else. */
export const integerIn = (value: unknown): number | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,15}$/.test(text)) return undefined;
  return Number(text);
};

/** The text in a field; empty where there is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
