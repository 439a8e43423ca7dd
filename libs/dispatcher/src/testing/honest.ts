import { expect } from '@jest/globals';
import type { LaneWorld } from './lane-world.ts';

/** Nobody twice, nobody lost, nobody accepted and then failed or skipped. */
export const expectHonest = async (world: LaneWorld): Promise<void> => {
  const fold = await world.fold();
  const { waiting, inFlight, sent, failed, skipped, unconfirmed } = fold.counts;
  expect(world.referee.twice).toEqual([]);
  expect(waiting + inFlight).toBe(0);
  expect(sent + failed + skipped + unconfirmed).toBe(world.lane.planned);
  for (let index = 0; index < world.lane.planned; index += 1) {
    const accepted = world.referee.accepted.has(`${await world.addressOf(index)}/0`);
    const state = fold.state(index);
    if (state === 'sent') expect(accepted).toBe(true);
    if (state === 'failed' || state === 'skipped') expect(accepted).toBe(false);
  }
};
