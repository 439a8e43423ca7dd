import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharesOf } from './shares.ts';

const lane = (number: number, waiting: number, most = 1_000) => ({ lane: number, waiting, most });

describe('the shares of a broadcast', () => {
  it('are in proportion to what waits, so that lanes end together', () => {
    expect([...sharesOf(24, [lane(0, 200), lane(1, 100)])]).toEqual([
      [0, 16],
      [1, 8],
    ]);
  });

  it('give what one bot cannot do to the others', () => {
    expect([...sharesOf(25, [lane(0, 100, 5), lane(1, 100)])]).toEqual([
      [0, 5],
      [1, 20],
    ]);
  });

  it('leave out lanes without anybody waiting', () => {
    expect([...sharesOf(25, [lane(0, 0), lane(1, 7)])]).toEqual([[1, 25]]);
  });

  it('are whole numbers of at least one where the speed allows, and never more than the speed in all', () => {
    const lanes = fc.array(
      fc.record({
        waiting: fc.integer({ min: 1, max: 100_000 }),
        most: fc.integer({ min: 1, max: 1_000 }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), lanes, (speed, loads) => {
        const shares = [
          ...sharesOf(
            speed,
            loads.map((load, index) => ({ lane: index, ...load })),
          ).values(),
        ];
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(speed + 1e-6);
        expect(Math.min(...shares)).toBeGreaterThan(0);
        if (loads.length <= speed) expect(shares.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});
