import type { ContactDirectory } from '@crier/audience';
import type { Fault } from '../problems/problem.ts';
import { nearest } from './suggestion.ts';

/** A variable and the place where it is named. */
export interface NamedVariable {
  readonly name: string;
  readonly path: string;
}

/** What every contact has without being told. */
export const BUILT_IN = ['first_name', 'last_name', 'name', 'language'];
/** The directory names at most so many; where it names all of these, more may exist. */
const VOCABULARY = 1_000;

/** A fault for each variable that no contact has, with the name that was probably meant. @throws Unavailable */
export const unknownVariables = async (
  directory: ContactDirectory,
  named: readonly NamedVariable[],
): Promise<readonly Fault[]> => {
  if (named.length === 0) return [];
  const { variables } = await directory.vocabulary();
  if (variables.length >= VOCABULARY) return [];
  const known = [...BUILT_IN, ...variables];
  return named
    .filter(({ name }) => !known.includes(name))
    .map(({ name, path }) => {
      const meant = nearest(name, known);
      const fix =
        meant === undefined
          ? 'import contacts that have it, or use another one'
          : `did you mean ${meant}?`;
      return {
        path,
        code: 'UNKNOWN_VARIABLE',
        message: `No contact has the variable ${name}; ${fix}`,
      };
    });
};
