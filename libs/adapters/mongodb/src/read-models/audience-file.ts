import type { FrozenAudience, LaneBatch, PlannedBatch } from '@crier/statistics';
import type { StoredAudience, StoredLane } from './stored.ts';

type Audience = Omit<StoredAudience, '_id' | 'step'>;

const packSizes = (sizes: readonly number[]): Uint8Array =>
  new Uint8Array(Uint16Array.from(sizes).buffer);

const unpackSizes = (packed: Uint8Array): readonly number[] => [
  ...new Uint16Array(new Uint8Array(packed).buffer),
];

/** A broadcast of which nothing is planned yet. */
export const noAudience = (number: number): Audience => ({ number, frozen: false, lanes: [] });

/** Where a lane's recipients lie, in order of index. */
export const batchesOf = ({ sizes }: Pick<StoredLane, 'sizes'>): readonly LaneBatch[] => {
  let from = 0;
  return unpackSizes(sizes).map((size) => {
    const batch = { from, size };
    from += size;
    return batch;
  });
};

/** With more batches, each behind the last one of its lane. */
export const withBatches = (audience: Audience, batches: readonly PlannedBatch[]): Audience => {
  const sizes = new Map(audience.lanes.map((lane) => [lane.lane, [...unpackSizes(lane.sizes)]]));
  for (const { lane, contactIds } of batches) {
    const known = sizes.get(lane);
    if (known) known.push(contactIds.length);
    else sizes.set(lane, [contactIds.length]);
  }
  const lanes = [...sizes]
    .map(([lane, of]) => ({ ...laneOf(audience, lane), lane, sizes: packSizes(of) }))
    .sort((a, b) => a.lane - b.lane);
  return { ...audience, lanes };
};

/** Its recipients are to be seen from now on. */
export const withFrozen = (audience: Audience, { lanes }: FrozenAudience): Audience => ({
  ...audience,
  frozen: true,
  lanes: audience.lanes.map((known) => {
    const frozen = lanes.find(({ lane }) => lane === known.lane);
    return frozen ? { ...known, botId: frozen.botId, channel: frozen.channel } : known;
  }),
});

const laneOf = ({ lanes }: Audience, lane: number): StoredLane | undefined =>
  lanes.find((known) => known.lane === lane);
