import { describe, expect, it } from '@jest/globals';
import { SystemClock } from './index.ts';

describe('SystemClock', () => {
  const clock = new SystemClock();

  it('tells the time as UTC text, and a time that never goes back', () => {
    const now = clock.now();
    expect(new Date(now).toISOString()).toBe(now);
    const earlier = clock.monotonicMs();
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(earlier);
  });

  it('sleeps as long as asked, and wakes at once when told to', async () => {
    const start = clock.monotonicMs();
    await clock.sleep(10);
    expect(clock.monotonicMs() - start).toBeGreaterThanOrEqual(9);

    const stopping = new AbortController();
    const asleep = clock.sleep(60_000, stopping.signal);
    stopping.abort();
    await expect(asleep).resolves.toBeUndefined();
    await expect(clock.sleep(60_000, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
