import { describe, expect, it } from '@jest/globals';
import { Meter, SystemClock, type Labels } from '@crier/kernel';
import { Census } from './census.ts';
import { Governor } from './governor.ts';
import type { LaneFigures } from './lane-figures.ts';

const nameOf = (name: string, labels: Labels): string =>
  `${name} ${Object.values(labels).join(' ')}`;

/** Remembers what it was told. */
class Notebook extends Meter {
  readonly counted: Record<string, number> = {};
  readonly stands: Record<string, number> = {};
  readonly observed: Record<string, number[]> = {};

  count(name: string, labels: Labels, by = 1): void {
    const key = nameOf(name, labels);
    this.counted[key] = (this.counted[key] ?? 0) + by;
  }

  observe(name: string, labels: Labels, value: number): void {
    (this.observed[nameOf(name, labels)] ??= []).push(value);
  }

  gauge(name: string, labels: Labels, value: number): void {
    this.stands[nameOf(name, labels)] = value;
  }
}

const lane = (figures: Partial<LaneFigures>): LaneFigures => ({
  bot: 'shop',
  state: 'sending',
  waiting: 0,
  inFlight: 0,
  inDoubt: 0,
  ...figures,
});

const noBots = new Map<string, Governor>();

describe('what a dispatcher copy tells of itself', () => {
  it('adds up the lanes by state, and their recipients by bot', () => {
    const notebook = new Notebook();
    const lanes = [
      lane({ waiting: 100, inFlight: 8 }),
      lane({ waiting: 20, inFlight: 3, inDoubt: 3, state: 'alarmed' }),
      lane({ bot: 'cafe', waiting: 7 }),
    ];
    new Census(notebook, 'telegram').tell(lanes, noBots);
    expect(notebook.stands).toMatchObject({
      'crier_lanes telegram sending': 2,
      'crier_lanes telegram alarmed': 1,
      'crier_lanes telegram held': 0,
      'crier_waiting telegram shop': 120,
      'crier_in_flight telegram shop': 11,
      'crier_in_doubt telegram shop': 3,
      'crier_waiting telegram cafe': 7,
    });
  });

  it('tells zero of a bot whose lanes have gone', () => {
    const notebook = new Notebook();
    const census = new Census(notebook, 'telegram');
    census.tell([lane({ waiting: 100, inDoubt: 2 })], noBots);
    census.tell([], noBots);
    expect(notebook.stands).toMatchObject({
      'crier_lanes telegram sending': 0,
      'crier_waiting telegram shop': 0,
      'crier_in_doubt telegram shop': 0,
    });
  });

  it('tells how many partitions are owned here, and how often some came', () => {
    const notebook = new Notebook();
    const census = new Census(notebook, 'telegram');
    census.gained(3);
    census.gained(4);
    census.lost(3);
    expect(notebook.stands['crier_partitions telegram']).toBe(1);
    expect(notebook.counted['crier_partitions_gained_total telegram']).toBe(2);
  });

  it("counts what leaves through a bot's governor, from zero, and tells its limit", async () => {
    const notebook = new Notebook();
    const census = new Census(notebook, 'telegram');
    const governor = new Governor(30, new SystemClock(), census.startsOf('shop'));
    expect(notebook.counted['crier_starts_total telegram shop']).toBe(0);
    await governor.slice(5, 4, () => Promise.resolve(3));
    census.tell([], new Map([['shop', governor]]));
    expect(notebook.counted['crier_starts_total telegram shop']).toBe(3);
    expect(notebook.stands['crier_bot_rate telegram shop']).toBe(30);
    await governor.close();
  });

  it('measures how old a message is, and is not disturbed by clocks that differ', () => {
    const notebook = new Notebook();
    const census = new Census(notebook, 'telegram');
    census.heard('lifecycle', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.250Z');
    census.heard('lifecycle', '2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z');
    census.heard('lifecycle', 'some day', '2026-01-01T00:00:00.000Z');
    expect(notebook.observed['crier_message_age_seconds lifecycle']).toEqual([0.25, 0, 0]);
  });
});
