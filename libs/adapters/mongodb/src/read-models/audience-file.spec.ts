import { describe, expect, it } from '@jest/globals';
import { batchesOf, noAudience, withBatches, withFrozen } from './audience-file.ts';
import { candidatesOf } from './recipient-query.ts';

const batch = (lane: number, from: number, size: number) => ({
  broadcastId: 'b',
  lane,
  from,
  contactIds: new Array<string>(size).fill('c'),
});
const frozen = { broadcastId: 'b', lanes: [0, 2].map(laneOf) };
function laneOf(lane: number) {
  return { lane, botId: `bot-${lane}`, channel: 'vk' };
}

describe('audience', () => {
  const planned = withBatches(withBatches(noAudience(3), [batch(2, 0, 5), batch(0, 0, 500)]), [
    batch(0, 500, 7),
  ]);

  it('knows where every lane’s batches lie', () => {
    expect(planned.lanes.map(({ lane }) => lane)).toEqual([0, 2]);
    expect(planned.lanes.map(batchesOf)).toEqual([
      [
        { from: 0, size: 500 },
        { from: 500, size: 7 },
      ],
      [{ from: 0, size: 5 }],
    ]);
  });

  it('takes two bytes a batch', () => {
    expect(planned.lanes[0]?.sizes).toHaveLength(4);
  });

  it('shows its pages from the freeze on, from any place', () => {
    const stored = (audience: typeof planned) => ({ _id: 'b', step: 1, ...audience });
    expect(candidatesOf(stored(planned), undefined)).toEqual([]);
    const all = stored(withFrozen(planned, frozen));
    const begins = (of: readonly { lane: number; firstIndex: number }[]) =>
      of.map(({ lane, firstIndex }) => [lane, firstIndex]);
    expect(begins(candidatesOf(all, undefined))).toEqual([
      [0, 0],
      [0, 500],
      [2, 0],
    ]);
    expect(begins(candidatesOf(all, undefined, [0, 499]))).toEqual([
      [0, 500],
      [2, 0],
    ]);
    expect(begins(candidatesOf(all, undefined, [0, 502]))[0]).toEqual([0, 503]);
    expect(begins(candidatesOf(all, undefined, [2, 4]))).toEqual([]);
    expect(candidatesOf(all, 2)).toEqual([
      {
        broadcastId: 'b',
        lane: 2,
        botId: 'bot-2',
        channel: 'vk',
        id: 'b/00002/0000000000',
        firstIndex: 0,
      },
    ]);
    expect(candidatesOf(all, 1)).toEqual([]);
  });
});
