import { describe, expect, it } from '@jest/globals';
import { ProgressMeter } from './progress-meter.ts';

const sums = (planned: number, sent: number, others: number[] = []) => {
  const [failed = 0, skipped = 0, unconfirmed = 0] = others;
  const waiting = planned - sent - failed - skipped - unconfirmed;
  return { planned, sent, failed, skipped, unconfirmed, waiting };
};

describe('ProgressMeter', () => {
  it('counts every outcome of the planned, not only what was sent', () => {
    const { done, share } = new ProgressMeter().add(sums(10, 4, [3, 2, 1]), 0);
    expect({ done, share }).toEqual({ done: 10, share: 1 });
  });

  it('knows no rate and no end from one look', () => {
    const { perSecond, secondsLeft } = new ProgressMeter().add(sums(100, 10), 0);
    expect({ perSecond, secondsLeft }).toEqual({ perSecond: 0, secondsLeft: undefined });
  });

  it('takes the rate from the last ten seconds alone', () => {
    const meter = new ProgressMeter();
    meter.add(sums(1_000, 0), 0);
    meter.add(sums(1_000, 500), 1_000);
    const { perSecond, secondsLeft } = meter.add(sums(1_000, 600), 11_000);
    expect(perSecond).toBe(10);
    expect(secondsLeft).toBe(40);
  });

  it('has nothing left at the end', () => {
    const meter = new ProgressMeter();
    meter.add(sums(10, 0), 0);
    expect(meter.add(sums(10, 10), 1_000).secondsLeft).toBe(0);
  });

  it('shares nothing while nothing is planned', () => {
    expect(new ProgressMeter().add(sums(0, 0), 0)).toMatchObject({ share: 0, secondsLeft: 0 });
  });

  it('starts over when a retry takes outcomes back', () => {
    const meter = new ProgressMeter();
    meter.add(sums(100, 60, [40]), 0);
    meter.add(sums(100, 60), 1_000);
    expect(meter.add(sums(100, 70), 2_000).perSecond).toBe(10);
  });
});
