import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePositions } from './index.ts';

const position = fc
  .array(fc.bigInt({ min: 0n, max: 2n ** 64n }), { minLength: 1, maxLength: 3 })
  .map((numbers) => numbers.join('.'));

describe('comparePositions', () => {
  it('compares numbers, not texts', () => {
    expect(comparePositions('9', '10')).toBeLessThan(0);
    expect(comparePositions('10', '9')).toBeGreaterThan(0);
    expect(comparePositions('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
    expect(comparePositions('7', '7')).toBe(0);
  });

  it('compares the later numbers where the first are equal, absent ones as zero', () => {
    expect(comparePositions('5.9', '5.10')).toBeLessThan(0);
    expect(comparePositions('6.1', '5.10')).toBeGreaterThan(0);
    expect(comparePositions('5', '5.0')).toBe(0);
    expect(comparePositions('5', '5.1')).toBeLessThan(0);
  });

  it('is an order', () => {
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(comparePositions(a, b)).toBe(0 - comparePositions(b, a));
        const [low, middle, high] = [a, b, c].sort(comparePositions);
        expect(comparePositions(low ?? '', middle ?? '')).toBeLessThanOrEqual(0);
        expect(comparePositions(low ?? '', high ?? '')).toBeLessThanOrEqual(0);
      }),
    );
  });
});
