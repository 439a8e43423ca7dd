import type { ProblemDocument } from './types.ts';

/** One thing that is wrong with what was sent: where, and the fix. */
export type Fault = NonNullable<ProblemDocument['errors']>[number];

const NONE: readonly Fault[] = [];

/** What went wrong, as the API says it; something else (no network, a bug) has no code of the API. */
export const problemOf = (error: unknown): ProblemDocument | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error
    ? (error as ProblemDocument)
    : undefined;

/** A place inside another: `elements[0].text` lies in `elements[0]` and in `elements`. */
const liesIn = (path: string, place: string): boolean =>
  path.startsWith(place) && ['', '.', '['].includes(path.charAt(place.length));

/** What is wrong at a place such as `elements[0].buttons`, or inside it. */
export const faultsAt = (error: unknown, place: string): readonly Fault[] =>
  problemOf(error)?.errors?.filter(({ path }) => liesIn(path, place)) ?? NONE;
