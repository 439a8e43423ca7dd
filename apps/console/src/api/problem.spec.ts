import { expect, it } from 'vitest';
import { faultsAt } from './problem.ts';

const fault = (path: string) => ({ path, code: 'REQUIRED', message: 'Give it.' });
const problem = {
  code: 'INVALID_REQUEST',
  detail: 'The request is not valid.',
  errors: ['elements[1]', 'elements[1].text', 'elements[10].text', 'elementsOfMine'].map(fault),
};

it('finds what is wrong at a place and below it, and not beside it', () => {
  expect(faultsAt(problem, 'elements[1]').map(({ path }) => path)).toEqual([
    'elements[1]',
    'elements[1].text',
  ]);
  expect(faultsAt(problem, 'elements')).toHaveLength(3);
  expect(faultsAt(new TypeError('fetch failed'), 'elements')).toEqual([]);
});
