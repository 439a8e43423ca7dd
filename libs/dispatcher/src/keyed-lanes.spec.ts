import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@crier/kernel/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './testing/eventually.ts';
import { expectHonest } from './testing/honest.ts';
import { LaneWorld } from './testing/lane-world.ts';

const completed = (world: LaneWorld): Promise<void> =>
  eventually(async () => {
    expect((await world.fold()).completed).toBe(true);
  }, 8_000);

describe('a lane of a channel whose messages carry keys', () => {
  it('asks again, with the same key, where an answer was lost: nobody is left in doubt, nobody gets it twice', async () => {
    const world = await LaneWorld.open({ contacts: 30 });
    world.copy({ seed: 1, keyed: true, losesFirst: true }, { seed: 1 });
    await completed(world);
    const { counts } = await world.fold();
    expect(counts).toMatchObject({ sent: 30, unconfirmed: 0, failed: 0 });
    expect(world.referee.twice).toEqual([]);
    expect(world.referee.repeats).toBe(30);
    await world.close();
  });

  it('sends those again, with their keys, whom a dead owner left in doubt (R23)', async () => {
    const world = await LaneWorld.open({ contacts: 60 });
    const first = world.copy({ seed: 2, keyed: true, latencyMs: 200 }, { seed: 2 });
    await eventually(() => {
      expect(world.referee.accepted.size).toBeGreaterThan(5);
    }, 4_000);
    first.kill();
    const before = await world.fold();
    expect(before.counts.inFlight).toBeGreaterThan(0);
    world.copy({ seed: 3, keyed: true }, { seed: 3 });
    await completed(world);
    const { counts } = await world.fold();
    expect(counts).toMatchObject({ sent: 60, unconfirmed: 0 });
    expect(world.referee.twice).toEqual([]);
    expect(world.referee.repeats).toBeGreaterThan(0);
    await world.close();
  });

  it('leaves in doubt, and does not fail, whom a second owner was told "later" or "blocked" about (R25)', async () => {
    const world = await LaneWorld.open({ contacts: 20 });
    const first = world.copy({ seed: 4, keyed: true, latencyMs: 5_000 }, { seed: 4 });
    await eventually(() => {
      expect(world.referee.starts.length).toBeGreaterThan(3);
    }, 4_000);
    first.kill();
    const left = (await world.fold()).counts.inFlight;
    world.copy({ seed: 5, keyed: true, blocked: 1 }, { seed: 5 });
    await eventually(async () => {
      const { counts } = await world.fold();
      expect(counts.unconfirmed).toBe(left);
    }, 8_000);
    expect(world.referee.twice).toEqual([]);
    await world.close();
  });

  it.each([201, 202, 203])(
    'writes to nobody twice under a hostile store with owners that die and overlap (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = await LaneWorld.open({ contacts: 500 });
      const start = () =>
        world.copy(
          {
            seed: random() * 1e9,
            keyed: true,
            blocked: 0.05,
            flood: 0.02,
            lost: 0.05,
            latencyMs: 4,
          },
          { seed: random() * 1e9, lostAnswer: 0.1, lateAppend: 0.1, delayMs: 2, lateMs: 30 },
        );
      let copy = start();
      for (let round = 0; round < 6; round += 1) {
        await delay(20 + random() * 60);
        const next = random() < 0.5 ? undefined : start();
        if (next) await delay(random() * 40);
        copy.kill();
        copy = next ?? start();
      }
      await completed(world);
      await expectHonest(world);
      await world.close();
    },
  );

  it('still leaves in doubt whom it cannot reach any more', async () => {
    const world = await LaneWorld.open({ contacts: 10 });
    const first = world.copy({ seed: 6, keyed: true, latencyMs: 5_000 }, { seed: 6 });
    await eventually(() => {
      expect(world.referee.starts.length).toBeGreaterThan(0);
    }, 4_000);
    first.kill();
    await world.directory.mark(
      'bot',
      { address: await world.addressOf(0) },
      'blocked',
      new Date().toISOString(),
    );
    world.copy({ seed: 7, keyed: true }, { seed: 7 });
    await completed(world);
    expect((await world.fold()).state(0)).toBe('unconfirmed');
    await world.close();
  });
});

describe('a lane of a channel with a messaging window', () => {
  const HOUR_MS = 3_600_000;

  it('skips who has not done anything within it, and sends to who has', async () => {
    const world = await LaneWorld.open({ contacts: 6 });
    const longAgo = new Date(Date.now() + 25 * HOUR_MS).toISOString();
    const active = await Promise.all([0, 2, 4].map((index) => world.addressOf(index)));
    for (const address of active) await world.directory.touch('bot', address, longAgo);
    world.copy({ seed: 8, windowMs: 0 }, { seed: 8 });
    await completed(world);
    const fold = await world.fold();
    expect(fold.counts).toMatchObject({ sent: 3, skipped: 3 });
    expect([0, 2, 4].map((index) => fold.state(index))).toEqual(['sent', 'sent', 'sent']);
    await world.close();
  });
});
