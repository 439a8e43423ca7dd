import { describe, expect, it, jest } from '@jest/globals';
import { deliveryStream, type DeliveryEvent } from '@crier/contracts';
import { seededRandom } from '@crier/kernel/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { LaneWorld } from './testing/lane-world.ts';
import { eventually } from './testing/eventually.ts';
import { expectHonest } from './testing/honest.ts';

const completed = async (world: LaneWorld, order = 0): Promise<void> => {
  await eventually(async () => {
    const fold = await world.fold();
    expect([fold.completed, fold.order]).toEqual([true, order]);
  }, 8_000);
};

const proofsOf = (...indexes: readonly number[]) => indexes.map((index) => ({ index, parts: [] }));

describe('a lane with one owner', () => {
  it('reaches everybody once and completes', async () => {
    const world = await LaneWorld.open({ contacts: 1_200 });
    world.copy({ seed: 1 }, { seed: 1 });
    await completed(world);
    await expectHonest(world);
    expect((await world.fold()).counts.sent).toBe(1_200);
    await world.close();
  });

  it('opens at most two windows at once', async () => {
    const world = await LaneWorld.open({ contacts: 300, share: 100 });
    world.copy({ seed: 2, latencyMs: 30 }, { seed: 2 });
    await delay(1_000);
    const { windows, counts } = await world.fold();
    expect(windows.size).toBeLessThanOrEqual(2);
    expect(counts.inFlight).toBeLessThanOrEqual(80);
    await world.close();
  });

  it('holds at once, loses nobody, and goes on after the hold', async () => {
    const world = await LaneWorld.open({ contacts: 2_000 });
    const { broadcastId } = world;
    world.copy({ seed: 3 }, { seed: 3 });
    await eventually(() => {
      expect(world.referee.starts.length).toBeGreaterThan(200);
    });
    await world.tell({ type: 'BroadcastHeld', data: { broadcastId, reason: 'operator' } });
    const atHold = world.referee.starts.length;
    await eventually(async () => {
      expect((await world.fold()).counts.inFlight).toBe(0);
    });
    expect(world.referee.starts.length).toBe(atHold);
    await world.tell({ type: 'BroadcastResumed', data: { broadcastId } });
    await completed(world);
    await expectHonest(world);
    await world.close();
  });

  it('stops, and leaves the rest skipped', async () => {
    const world = await LaneWorld.open({ contacts: 3_000 });
    const { broadcastId } = world;
    world.copy({ seed: 4 }, { seed: 4 });
    await eventually(() => {
      expect(world.referee.starts.length).toBeGreaterThan(200);
    });
    await world.tell({ type: 'BroadcastStopped', data: { broadcastId } });
    const atStop = world.referee.starts.length;
    await completed(world);
    expect(world.referee.starts.length).toBe(atStop);
    await expectHonest(world);
    expect((await world.fold()).counts.skipped).toBeGreaterThan(0);
    await world.close();
  });

  it('retries exactly the failed', async () => {
    const world = await LaneWorld.open({ contacts: 400 });
    const { broadcastId } = world;
    world.copy({ seed: 5, blocked: 0.2 }, { seed: 5 });
    await completed(world);
    const before = await world.fold();
    const starts = world.referee.starts.length;
    await world.tell({ type: 'RetryRequested', data: { broadcastId, order: 1, what: 'failed' } });
    await completed(world, 1);
    expect(world.referee.starts.length - starts).toBe(before.counts.failed);
    await expectHonest(world);
    await world.close();
  });

  it('skips people whose connection is off, and those who were erased, at the moment of sending', async () => {
    const world = await LaneWorld.open({ contacts: 3 });
    await world.directory.mark('bot', { address: '1' }, 'blocked', new Date().toISOString());
    const second = await world.directory.findByAddress('bot', '2');
    await world.directory.erase(second?.id ?? '');
    world.copy({ seed: 6 }, { seed: 6 });
    await completed(world);
    expect((await world.fold()).counts).toMatchObject({ sent: 1, skipped: 2 });
    await world.close();
  });

  it('returns whom a flood turned away, and counts nobody of them as failed', async () => {
    const world = await LaneWorld.open({ contacts: 600 });
    world.copy({ seed: 7, flood: 0.05 }, { seed: 7 });
    await completed(world);
    expect((await world.fold()).counts.sent).toBe(600);
    await expectHonest(world);
    await world.close();
  });

  it('never sends an accepted part again when a later part was turned away', async () => {
    const world = await LaneWorld.open({ contacts: 200, parts: 3 });
    world.copy({ seed: 8, flood: 0.05 }, { seed: 8 });
    await completed(world);
    expect(world.referee.twice).toEqual([]);
    expect(world.referee.accepted.size).toBe(600);
    await world.close();
  });

  it('holds itself and burns nobody when the breaker trips', async () => {
    const world = await LaneWorld.open({ contacts: 2_000 });
    world.copy({ seed: 9, blocked: 1 }, { seed: 9 });
    await eventually(() => {
      expect(world.alarms[0]).toMatchObject({ scope: 'broadcast', reason: 'breaker' });
    });
    await eventually(async () => {
      expect((await world.fold()).counts.inFlight).toBe(0);
    });
    expect((await world.fold()).counts.failed).toBeLessThan(200);
    await world.close();
  });

  it('holds the lane of a bot that was stopped, burns nobody, and goes on with new credentials', async () => {
    const world = await LaneWorld.open({ contacts: 200 });
    const { broadcastId } = world;
    world.copy({ seed: 12, revokedToken: 'old' }, { seed: 12 });
    await eventually(() => {
      expect(world.alarms[0]).toMatchObject({ scope: 'lane', reason: 'bot_stopped' });
    });
    await world.tell({ type: 'LaneHeld', data: { broadcastId, lane: 0, reason: 'bot_stopped' } });
    expect((await world.fold()).counts.failed).toBe(0);
    await world.changeToken('new');
    await world.tell({ type: 'LaneResumed', data: { broadcastId, lane: 0 } });
    await completed(world);
    expect((await world.fold()).counts.sent).toBe(200);
    await world.close();
  });

  it('leaves nothing in doubt when it is stopped in an orderly way', async () => {
    const world = await LaneWorld.open({ contacts: 3_000 });
    const { runner } = world.copy({ seed: 10 }, { seed: 10 });
    await eventually(() => {
      expect(world.referee.starts.length).toBeGreaterThan(300);
    });
    await runner.release();
    const { inFlight, unconfirmed } = (await world.fold()).counts;
    expect([inFlight, unconfirmed]).toEqual([0, 0]);
  });

  it.each([2, 3, 4])(
    'leaves nothing in doubt when it is told to let go while it looks up its window %i',
    async (nth) => {
      const world = await LaneWorld.open({ contacts: 3_000, share: 2_000 });
      const cards = world.directory.cards.bind(world.directory);
      let released: Promise<void> | undefined;
      let lookups = 0;
      world.directory.cards = async (...asked) => {
        lookups += 1;
        if (lookups === nth) {
          released = copy.runner.release();
          await delay(20);
        }
        return cards(...asked);
      };
      const copy = world.copy({ seed: 11, latencyMs: 5 }, { seed: 11 });
      await eventually(() => {
        expect(released).toBeDefined();
      });
      await released;
      expect((await world.fold()).counts.inFlight).toBe(0);
      await world.close();
    },
  );

  it('turns the doubt about a recipient into "sent" when a receipt proves it (R19)', async () => {
    const world = await LaneWorld.open({ contacts: 50 });
    const { runner } = world.copy({ seed: 11, lost: 1 }, { seed: 11 });
    await completed(world);
    expect((await world.fold()).counts.unconfirmed).toBe(50);
    await runner.prove(proofsOf(3, 4));
    expect((await world.fold()).counts).toMatchObject({ unconfirmed: 48, sent: 2 });
    await world.close();
  });

  it.each([
    { parts: 1, counts: { unconfirmed: 8, sent: 2 } },
    { parts: 2, counts: { unconfirmed: 10, sent: 0 } },
  ])(
    'is proved by a receipt when nobody sends for it any more, where the message has one part ($parts)',
    async ({ parts, counts }) => {
      const world = await LaneWorld.open({ contacts: 10, parts });
      world.copy({ seed: 12, lost: 1 }, { seed: 12 });
      await completed(world);
      await world.close();
      await world.closed.prove(world.lane, proofsOf(3, 4));
      expect((await world.fold()).counts).toMatchObject(counts);
    },
  );

  it('is read once when it is closed, however many receipts come, even at the same time', async () => {
    const world = await LaneWorld.open({ contacts: 20 });
    world.copy({ seed: 12, lost: 1 }, { seed: 12 });
    await completed(world);
    await world.close();
    const { closed } = world;
    await Promise.all([
      closed.prove(world.lane, proofsOf(0, 1)),
      closed.prove(world.lane, proofsOf(1, 2)),
    ]);
    const reads = jest.spyOn(world.store, 'read');
    for (const index of [2, 3, 4]) await closed.prove(world.lane, proofsOf(index));
    const stream = deliveryStream(world.broadcastId, 0);
    const again = reads.mock.calls.filter(([read, range]) => read === stream && !range?.from);
    expect(again).toEqual([]);
    expect((await world.fold()).counts).toMatchObject({ unconfirmed: 15, sent: 5 });
  });
});

describe('a lane under a hostile store, with owners that die and owners that overlap', () => {
  it.each([101, 102, 103, 104])(
    'writes to nobody twice and loses nobody (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = await LaneWorld.open({ contacts: 1_500 });
      const start = () => {
        const trouble = {
          seed: random() * 1e9,
          blocked: 0.05,
          flood: 0.01,
          lost: 0.01,
          reset: 0.01,
          latencyMs: 4,
        };
        return world.copy(trouble, {
          seed: random() * 1e9,
          lostAnswer: 0.1,
          lateAppend: 0.1,
          refused: 0.05,
          delayMs: 2,
          lateMs: 30,
        });
      };
      let copy = start();
      for (let round = 0; round < 8; round += 1) {
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

  it.each([31, 32, 33])(
    'R1: lets one of two owners that propose the same thing at once write it (seed %i)',
    async (seed) => {
      const world = await LaneWorld.open({ contacts: 300 });
      world.copy({ seed }, { seed, delayMs: 3 });
      world.copy({ seed: seed + 1 }, { seed: seed + 1, delayMs: 3 });
      await completed(world);
      await expectHonest(world);
      await world.close();
    },
  );

  it('fences an owner that sleeps while another takes the lane over', async () => {
    const world = await LaneWorld.open({ contacts: 800 });
    world.copy({ seed: 21, latencyMs: 5 }, { seed: 21, delayMs: 10 });
    await delay(50);
    world.copy({ seed: 22, latencyMs: 5 }, { seed: 22, delayMs: 10 });
    await completed(world);
    await expectHonest(world);
    const epochs = new Set(
      (await world.store.read(deliveryStream(world.broadcastId, 0)))
        .map(({ type, data }) => ({ type, data }) as DeliveryEvent)
        .flatMap((event) => (event.type === 'WindowTurned' ? [event.data.epoch] : [])),
    );
    expect(epochs.size).toBeGreaterThan(1);
    await world.close();
  });
});
