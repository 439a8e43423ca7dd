import { describe, expect, it } from '@jest/globals';
import type { DeliveryEvent, Entry } from '@crier/contracts';
import { IllegalHistory } from '@crier/kernel';
import { LaneFold } from './lane-fold.ts';

const AT = '2030-01-01T00:00:00.000Z';
const opened = (...indexes: number[]): DeliveryEvent => ({
  type: 'WindowTurned',
  data: {
    epoch: 'A',
    settled: [],
    opened: { indexes: indexes.map((index) => [index, 1] as const), contentRevision: 1 },
  },
});
const settled = (...entries: Entry[]): DeliveryEvent => ({
  type: 'WindowTurned',
  data: { epoch: 'A', settled: entries },
});
const folded = (size: number, ...events: DeliveryEvent[]): LaneFold => {
  const fold = new LaneFold(size);
  events.forEach((event, revision) => {
    fold.apply(event, revision, AT);
  });
  return fold;
};
const all = (size: number) => () => [0, size] as const;

describe('the fold of a lane', () => {
  it('keeps the sums after every step', () => {
    const fold = folded(
      4,
      opened(0, 1, 2),
      settled([0, 'sent'], [1, 'returned'], [2, 'unconfirmed']),
    );
    const { waiting, inFlight, sent, failed, skipped, unconfirmed } = fold.counts;
    expect(waiting + inFlight + sent + failed + skipped + unconfirmed).toBe(4);
    expect(fold.counts).toMatchObject({ waiting: 2, sent: 1, unconfirmed: 1 });
  });

  it.each([
    [
      'opening somebody who is in flight in the same window',
      2,
      [opened(0), opened(1), settled([0, 'sent']), opened(0)],
    ],
    ['settling somebody who never was in flight', 1, [settled([0, 'sent'])]],
    ['settling twice', 1, [opened(0), settled([0, 'sent']), settled([0, 'failed'])]],
    ['an index outside the lane', 1, [opened(1)]],
    [
      'completing with somebody waiting',
      1,
      [
        {
          type: 'LaneCompleted',
          data: { order: 0, sent: 0, failed: 0, skipped: 0, unconfirmed: 0, stopped: 0 },
        },
      ],
    ],
    [
      'completing with wrong totals',
      1,
      [
        opened(0),
        settled([0, 'sent']),
        {
          type: 'LaneCompleted',
          data: { order: 0, sent: 0, failed: 1, skipped: 0, unconfirmed: 0, stopped: 0 },
        },
      ],
    ],
    [
      'learning about somebody who is not unconfirmed',
      1,
      [{ type: 'OutcomeLearned', data: { learned: [[0, 'sent']] } }],
    ],
    [
      'reopening before completion',
      1,
      [{ type: 'LaneReopened', data: { order: 1, what: 'failed', count: 0 } }],
    ],
  ] as [string, number, DeliveryEvent[]][])('stops at %s', (_what, size, events) => {
    expect(() => folded(size, ...events)).toThrow(IllegalHistory);
  });

  it('finds the waiting in order, the returned first, and none before its time', () => {
    const fold = folded(
      5,
      opened(0, 1),
      settled([0, 'returned', { notBefore: '2030-01-01T01:00:00.000Z' }], [1, 'returned']),
    );
    expect(fold.nextWaiting(2, AT, all(5))).toEqual([1, 2]);
    expect(fold.nextWaiting(9, '2030-01-01T01:00:00.000Z', all(5))).toEqual([0, 1, 2, 3, 4]);
    expect(fold.nextDue()).toBe('2030-01-01T01:00:00.000Z');
  });

  it('keeps to one batch', () => {
    const fold = new LaneFold(10);
    expect(fold.nextWaiting(9, AT, () => [0, 4])).toEqual([0, 1, 2, 3]);
  });

  it('reopens everybody who failed, and nobody else', () => {
    const fold = folded(
      3,
      opened(0, 1, 2),
      settled([0, 'sent'], [1, 'failed', { reason: 'blocked' }], [2, 'unconfirmed']),
      {
        type: 'LaneCompleted',
        data: { order: 0, sent: 1, failed: 1, skipped: 0, unconfirmed: 1, stopped: 0 },
      },
      { type: 'LaneReopened', data: { order: 1, what: 'failed', count: 1 } },
    );
    expect(fold.nextWaiting(9, AT, all(3))).toEqual([1]);
    expect(fold.before(1)).toBe('failed');
  });
});
