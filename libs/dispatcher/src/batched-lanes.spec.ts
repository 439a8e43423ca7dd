import { describe, expect, it } from '@jest/globals';
import { deliveryStream, type DeliveryEvent } from '@crier/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './testing/eventually.ts';
import { expectHonest } from './testing/honest.ts';
import { LaneWorld } from './testing/lane-world.ts';

/** How many each window of the lane opened, in order. */
const windowsOf = async (world: LaneWorld): Promise<readonly number[]> => {
  const stored = await world.store.read(deliveryStream(world.broadcastId, 0));
  return stored.flatMap(({ type, data }) => {
    const event = { type, data } as DeliveryEvent;
    const opened = event.type === 'WindowTurned' ? event.data.opened : undefined;
    return opened ? [opened.indexes.reduce((sum, [, count]) => sum + count, 0)] : [];
  });
};

const completed = (world: LaneWorld): Promise<void> =>
  eventually(async () => {
    expect((await world.fold()).completed).toBe(true);
  }, 10_000);

describe('a lane of a channel whose requests carry many messages', () => {
  it('opens windows of four full requests, over as many batches as that takes', async () => {
    const world = await LaneWorld.open({ contacts: 5_200 });
    world.copy({ seed: 1, batch: 500 }, { seed: 1 });
    await completed(world);
    await expectHonest(world);
    expect((await world.fold()).counts.sent).toBe(5_200);
    expect(await windowsOf(world)).toEqual([2_000, 2_000, 1_200]);
    await world.close();
  });

  it('keeps to 0.4 s of its share, however much a request carries', async () => {
    const world = await LaneWorld.open({ contacts: 900, share: 1_000 });
    world.copy({ seed: 2, batch: 1_000 }, { seed: 2 });
    await completed(world);
    expect(Math.max(...(await windowsOf(world)))).toBe(400);
    await world.close();
  });

  it('makes smaller windows of content of several parts, whose outcomes take more room', async () => {
    const world = await LaneWorld.open({ contacts: 1_500, parts: 4 });
    world.copy({ seed: 3, batch: 1_000 }, { seed: 3 });
    await completed(world);
    expect(await windowsOf(world)).toEqual([1_250, 250]);
    await world.close();
  });

  it('opens what dead owners left no faster than anything else: two windows at most', async () => {
    const world = await LaneWorld.open({ contacts: 800, share: 500 });
    let before = 0;
    for (let life = 0; life < 3; life += 1) {
      const trouble = { seed: life, keyed: true, batch: 100, latencyMs: 5_000 };
      const owner = world.copy(trouble, { seed: life });
      await delay(800);
      owner.kill();
      const opened = (await windowsOf(world)).slice(before);
      before += opened.length;
      expect(opened).toHaveLength(2);
      expect(Math.max(...opened)).toBeLessThanOrEqual(200);
    }
    await world.close();
  });
});
