import { Problem } from '../problems/problem.ts';

const MOST_DEEP = 64;
// A text as a whole, so that brackets in it do not count; then the brackets.
const TOKENS = /"(?:[^"\\]+|\\.)*"?|[{}[\]]/gs;
const STEPS: Readonly<Record<string, number>> = { '{': 1, '[': 1, '}': -1, ']': -1 };
const HALF_OR_NULL = /\p{Surrogate}|\0/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

const textOf = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Problem('BAD_UNICODE', 'The body is not valid UTF-8; encode it so.');
  }
};

/** Before parsing, so that no depth costs more than reading. */
const checkDepth = (text: string): void => {
  let depth = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    depth += STEPS[token] ?? 0;
    if (depth > MOST_DEEP)
      throw new Problem(
        'JSON_TOO_DEEP',
        `The body is nested more than ${MOST_DEEP} levels deep; flatten it.`,
      );
  }
};

const refuseText = (text: string, path: string): void => {
  if (!HALF_OR_NULL.test(text)) return;
  throw new Problem(
    'BAD_UNICODE',
    `${path || 'The body'} holds half a character or a null character; send whole Unicode text.`,
  );
};

const refuseBadNames = (value: unknown, path: string): void => {
  if (typeof value === 'string') refuseText(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const where = Array.isArray(value)
      ? `${path}[${name}]`
      : path === ''
        ? name
        : `${path}.${name}`;
    if (name === '__proto__')
      throw new Problem('INVALID_REQUEST', 'Remove the name __proto__; it is reserved.', {
        errors: [{ path: where, code: 'UNKNOWN_FIELD', message: 'Remove it.' }],
      });
    refuseText(name, path);
    refuseBadNames(inner, where);
  }
};

/**
 * JSON as clients send it: UTF-8, at most 64 levels, no half characters, no `__proto__`. Undefined for an empty body.
 * @throws Problem MALFORMED_JSON, BAD_UNICODE, JSON_TOO_DEEP, INVALID_REQUEST
 */
export const parseJsonBody = (bytes: Uint8Array): unknown => {
  const text = textOf(bytes);
  if (text.trim() === '') return undefined;
  checkDepth(text);
  const value = parsed(text);
  refuseBadNames(value, '');
  return value;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new Problem('MALFORMED_JSON', `The body is not JSON: ${why}`);
  }
};
