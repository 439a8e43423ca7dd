import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pace } from './pace.ts';

/** Starts of a lane that always has somebody waiting, with timers late by `late()` and one stall. */
const run = (
  rate: number,
  seconds: number,
  options: { late?: () => number; stallAt?: number } = {},
): number[] => {
  const pace = new Pace(rate, 0, 0);
  const starts: number[] = [];
  let now = 0;
  while (now < seconds * 1_000) {
    const wait = pace.waitFor(pace.slice, now);
    if (wait > 0) now += wait + (options.late?.() ?? 0);
    if (options.stallAt !== undefined && now >= options.stallAt && now < options.stallAt + 3_000)
      now = options.stallAt + 3_000;
    if (pace.waitFor(pace.slice, now) > 0) continue;
    for (let i = 0; i < pace.slice; i += 1) starts.push(now);
    pace.started(pace.slice, now);
  }
  return starts;
};

const mostInASecond = (starts: readonly number[]): number => {
  let most = 0;
  for (let first = 0, last = 0; last < starts.length; last += 1) {
    while ((starts[last] ?? 0) - (starts[first] ?? 0) > 999.999) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};

describe('the pace of a lane', () => {
  it('lets at least 99 % of the rate leave, though timers are late', () => {
    const starts = run(25, 60, { late: () => 5 });
    expect(starts.length).toBeGreaterThanOrEqual(0.99 * 25 * 60);
  });

  it('never lets more than the rate and one leave in a sliding second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 14 }),
        (rate, late) => {
          expect(mostInASecond(run(rate, 5, { late: () => late }))).toBeLessThanOrEqual(rate + 1);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('makes no burst after a stall', () => {
    const starts = run(25, 10, { stallAt: 4_000 });
    expect(mostInASecond(starts)).toBeLessThanOrEqual(26);
    expect(starts.filter((at) => at >= 7_000 && at < 8_000).length).toBeLessThanOrEqual(26);
  });

  it('takes a new rate at once', () => {
    const pace = new Pace(1, 0, 0);
    pace.started(1, 0);
    pace.change(100, 0);
    expect(pace.slice).toBe(4);
  });

  it('lets a rate below one a second leave that slowly', () => {
    expect(run(0.5, 20)).toHaveLength(11);
  });
});
