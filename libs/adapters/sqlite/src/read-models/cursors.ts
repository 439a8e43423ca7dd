import { BadCursor } from '@crier/statistics';
import { createHash } from 'node:crypto';

type Key = readonly (string | number)[];

const MARK_LENGTH = 8;

/** What a cursor must have been made for: everything of the question but the page. */
const markOf = (question: unknown): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, MARK_LENGTH);

/** The place after which the next page of the same question begins. */
export const cursorOf = (question: unknown, key: Key): string =>
  Buffer.from(JSON.stringify([markOf(question), ...key])).toString('base64url');

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

const fits = (value: unknown, type: string | undefined): boolean =>
  type === 'any' ? typeof value === 'string' || typeof value === 'number' : typeof value === type;

/** Reads it back. @throws BadCursor where it is not one of this question */
export const keyOf = (
  question: unknown,
  cursor: string,
  types: readonly ('string' | 'number' | 'any')[],
): Key => {
  const [mark, ...key] = Array.isArray(parsed(cursor)) ? (parsed(cursor) as unknown[]) : [];
  const matches = key.length === types.length && key.every((part, i) => fits(part, types[i]));
  if (mark !== markOf(question) || !matches)
    throw new BadCursor('The cursor is not one of this query');
  return key as Key;
};
