import { FixedClock } from '@crier/audience/testing';
import type { Channel } from '@crier/contracts';
import { Unavailable } from '@crier/kernel';
import { rowOf, type BroadcastRow, type ElementCounts, type Mailing } from '@crier/statistics';
import { describe, expect, it } from '@jest/globals';
import { ContentChecker } from '../ports/content-checker.ts';
import { ShownRows } from './shown-rows.ts';

class Counting extends ContentChecker {
  readonly check = () => Promise.resolve([]);
  readonly warnings = this.check;
  readonly capabilities = () => Promise.resolve(undefined);
  known: readonly Channel[] = ['telegram', 'vk'];
  asked = 0;
  fails = false;

  channels(): Promise<readonly Channel[]> {
    this.asked += 1;
    return this.fails ? Promise.reject(new Unavailable('away')) : Promise.resolve(this.known);
  }
}

class Ticking extends FixedClock {
  ms = 0;

  override monotonicMs(): number {
    return this.ms;
  }
}

const opened = () => {
  const checker = new Counting();
  const clock = new Ticking('2026-03-01T12:00:00.000Z');
  return { checker, clock, rows: new ShownRows(checker, clock) };
};

const mailing: Pick<Mailing, 'lanes' | 'heldLanes' | 'held' | 'phase' | 'message' | 'clicks'> = {
  lanes: [],
  heldLanes: [],
  held: null,
  phase: 'draft',
  message: null,
  clicks: {},
};
const row = (elements: ElementCounts | null): BroadcastRow => ({
  ...rowOf(mailing as Mailing),
  elements,
});
const countsOf = async (rows: ShownRows, elements: ElementCounts | null) =>
  (await rows.one(row(elements))).elementCounts;

describe('ShownRows', () => {
  it('counts for every channel there is, and for those that only the message knows', async () => {
    const { rows } = opened();
    const elements = { own: { vk: 3, pigeon: 1 }, others: 2 };
    await expect(countsOf(rows, elements)).resolves.toEqual({ telegram: 2, vk: 3, pigeon: 1 });
    await expect(countsOf(rows, null)).resolves.toEqual({});
    const [shown] = await rows.all([row(elements)]);
    expect(shown).not.toHaveProperty('elements');
  });

  it('asks for the channels once for all rows of five seconds, then anew', async () => {
    const { rows, checker, clock } = opened();
    const elements = { own: {}, others: 1 };
    await rows.all([row(elements), row(elements)]);
    clock.ms = 4_999;
    checker.known = ['viber'];
    await expect(countsOf(rows, elements)).resolves.toEqual({ telegram: 1, vk: 1 });
    clock.ms = 5_000;
    await expect(countsOf(rows, elements)).resolves.toEqual({ viber: 1 });
    expect(checker.asked).toBe(2);
  });

  it('goes by what it knew last while nobody can be asked', async () => {
    const { rows, checker, clock } = opened();
    const elements = { own: {}, others: 1 };
    checker.fails = true;
    await expect(rows.one(row(elements))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    checker.fails = false;
    await expect(countsOf(rows, elements)).resolves.toEqual({ telegram: 1, vk: 1 });
    checker.fails = true;
    for (clock.ms = 6_000; clock.ms < 30_000; clock.ms += 6_000)
      await expect(countsOf(rows, elements)).resolves.toEqual({ telegram: 1, vk: 1 });
  });
});
