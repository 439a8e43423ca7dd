import { Behaviours, NOBODY, type ContactIds } from '@crier/audience';
import { FixedClock } from '@crier/audience/testing';
import type { Behaviour } from '@crier/contracts';
import { Unavailable } from '@crier/kernel';
import { describe, expect, it } from '@jest/globals';
import { RecentBehaviours } from './recent-behaviours.ts';

const NOW = '2026-03-01T12:00:00.000Z';

class Counting extends Behaviours {
  readonly asked: Behaviour[] = [];
  fails = false;

  of(asked: Behaviour): Promise<ContactIds> {
    this.asked.push(asked);
    return this.fails ? Promise.reject(new Unavailable('away')) : Promise.resolve(NOBODY);
  }

  isPast(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

class Ticking extends FixedClock {
  ms = 0;

  override monotonicMs(): number {
    return this.ms;
  }
}

const opened = () => {
  const behaviours = new Counting();
  const clock = new Ticking(NOW);
  return { behaviours, clock, recent: new RecentBehaviours(behaviours, clock) };
};
const days = (lastDays: number): Behaviour => ({ did: 'sent', lastDays });

describe('RecentBehaviours', () => {
  it('asks once for those who ask together, or within five seconds', async () => {
    const { behaviours, clock, recent } = opened();
    await Promise.all([recent.of(days(1), NOW), recent.of(days(1), NOW)]);
    clock.ms = 5_000;
    await recent.of(days(1), NOW);
    expect(behaviours.asked).toHaveLength(1);
    clock.ms = 5_001;
    await recent.of(days(1), NOW);
    expect(behaviours.asked).toHaveLength(2);
  });

  it('keeps the four newest answers', async () => {
    const { behaviours, recent } = opened();
    for (const asked of [1, 2, 3, 4, 5]) await recent.of(days(asked), NOW);
    await recent.of(days(5), NOW);
    expect(behaviours.asked).toHaveLength(5);
    await recent.of(days(1), NOW);
    expect(behaviours.asked).toHaveLength(6);
  });

  it('forgets a failure at once', async () => {
    const { behaviours, recent } = opened();
    behaviours.fails = true;
    await expect(recent.of(days(1), NOW)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    behaviours.fails = false;
    await expect(recent.of(days(1), NOW)).resolves.toBe(NOBODY);
  });
});
