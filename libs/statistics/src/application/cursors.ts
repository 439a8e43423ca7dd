import { BadCursor } from './read-models.ts';
import { createHash } from 'node:crypto';

type KeyPart = string | number;
type PartType = 'string' | 'number' | 'either';

const MARK_LENGTH = 8;

/** What a cursor must have been made for: everything of the question but the page. */
const markOf = (question: unknown): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, MARK_LENGTH);

const partsOf = (cursor: string): readonly unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

const isPart = (value: unknown, type: PartType | undefined): value is KeyPart =>
  typeof value === type ||
  (type === 'either' && (typeof value === 'string' || typeof value === 'number'));

/** The place after which the next page of the same question begins. */
export const cursorOf = (question: unknown, key: readonly KeyPart[]): string =>
  Buffer.from(JSON.stringify([markOf(question), ...key])).toString('base64url');

/** Reads it back. @throws BadCursor where it is not one of this question */
export const keyOf = (
  question: unknown,
  cursor: string,
  types: readonly PartType[],
): readonly KeyPart[] => {
  const [mark, ...parts] = partsOf(cursor);
  const key = parts.filter((part, i) => isPart(part, types[i])) as readonly KeyPart[];
  if (mark !== markOf(question) || parts.length !== types.length || key.length !== types.length)
    throw new BadCursor('The cursor is not one of this query');
  return key;
};

/** The same for keys of numbers alone; undefined without a cursor. @throws BadCursor */
export const numbersOf = (
  question: unknown,
  cursor: string | undefined,
): readonly [number, number] | undefined => {
  if (cursor === undefined) return undefined;
  const [first, second] = keyOf(question, cursor, ['number', 'number']);
  return [Number(first), Number(second)];
};
