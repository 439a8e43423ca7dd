import type { Audience } from '@crier/contracts';
import { Freeze } from '@crier/delivery';
import { freshId, SystemClock } from '@crier/kernel';
import { HostileEventStore } from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { SchedulerWorld } from './testing/scheduler-world.ts';

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('a scheduled broadcast', () => {
  it('forms its audience when it starts, not when it was activated', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(29);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(300));
    await world.contacts(5, ['a'], '2');
    expect((await world.event('AudienceFrozen')).planned).toBe(34);
    await world.close();
  });

  it('starts no earlier than its instant', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1);
    await world.scheduler();
    await world.draft();
    const due = inMs(250);
    await world.activateAt(due);
    expect((await world.event('BroadcastStarted')).startedAt >= due).toBe(true);
    await world.close();
  });

  it('is held and asks when its instant passed long ago, and starts when it is resumed', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1);
    await world.draft();
    await world.activateAt(inMs(-3_600_000), inMs(-7_200_000));
    await world.scheduler();
    expect((await world.event('BroadcastHeld')).reason).toBe('late_start');
    expect(await world.history()).not.toContain('BroadcastStarted');
    await world.command('ResumeBroadcast');
    await world.event('AudienceFrozen');
    await world.close();
  });

  it('does not start after it was taken back', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(200));
    await world.command('CancelSchedule');
    await world.event('ScheduleCancelled');
    await delay(400);
    expect(await world.history()).not.toContain('BroadcastStarted');
    await world.close();
  });
});

describe('an audience of people who did something', () => {
  const notSent = (broadcast: string): Audience => ({
    filter: { all: [{ status: 'enabled' }, { none: [{ behaviour: { did: 'sent', broadcast } }] }] },
    route: 'main',
  });

  it('is formed of what the statistics know when the broadcast starts, though they come later', async () => {
    const world = await SchedulerWorld.open();
    const people = await world.contacts(10);
    const { readModels, projector } = await world.statistics();
    await world.scheduler({ readModels });
    const before = await world.sentBefore(people.slice(0, 4));
    await world.draft(notSent(before));
    await world.activateAt(inMs(20));
    await world.event('BroadcastStarted');
    await delay(300);
    expect(await world.history()).not.toContain('AudienceFrozen');
    await projector.start();
    expect((await world.event('AudienceFrozen')).planned).toBe(6);
    expect(await world.plannedContacts()).toEqual(people.slice(4));
    expect(await world.history()).not.toContain('BroadcastHeld');
    await world.close();
  });

  it('is not formed while the statistics are behind: the broadcast is held, and goes on when it is resumed', async () => {
    const world = await SchedulerWorld.open();
    const people = await world.contacts(3);
    const { readModels, projector } = await world.statistics();
    await world.scheduler({ readModels, statisticsPatienceMs: 150 });
    await world.draft(notSent(await world.sentBefore(people.slice(0, 1))));
    await world.activateAt(inMs(20));
    expect((await world.event('BroadcastHeld')).reason).toBe('statistics_behind');
    await projector.start();
    await delay(300);
    expect(await world.history()).not.toContain('AudienceFrozen');
    await world.command('ResumeBroadcast');
    expect((await world.event('AudienceFrozen')).planned).toBe(2);
    await world.close();
  });

  it('is held again where it is resumed too early, and can be stopped', async () => {
    const world = await SchedulerWorld.open();
    const people = await world.contacts(2);
    const { readModels } = await world.statistics();
    await world.scheduler({ readModels, statisticsPatienceMs: 50 });
    await world.draft(notSent(await world.sentBefore(people)));
    await world.activateAt(inMs(20));
    await world.event('BroadcastHeld');
    await world.command('ResumeBroadcast');
    await until(
      async () => (await world.history()).filter((type) => type === 'BroadcastHeld').length === 2,
    );
    await world.command('StopBroadcast');
    await world.event('BroadcastStopped');
    await until(async () => !(await world.agenda()).includes(world.broadcastId));
    await world.close();
  });

  it('keeps nobody else waiting for the statistics', async () => {
    const world = await SchedulerWorld.open();
    const people = await world.contacts(2);
    const { readModels } = await world.statistics();
    await world.scheduler({ readModels });
    await world.draft(notSent(await world.sentBefore(people)));
    await world.activateAt(inMs(20));
    await world.event('BroadcastStarted');
    const waiting = world.broadcastId;
    world.broadcastId = freshId();
    await world.draft();
    await world.activateAt(inMs(20));
    expect((await world.event('AudienceFrozen')).planned).toBe(2);
    world.broadcastId = waiting;
    expect(await world.history()).not.toContain('AudienceFrozen');
    await world.close();
  });

  it('is held where nobody keeps statistics', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1);
    await world.scheduler();
    await world.draft(notSent(world.broadcastId));
    await world.activateAt(inMs(20));
    expect((await world.event('BroadcastHeld')).reason).toBe('statistics_behind');
    await world.close();
  });
});

describe('lanes', () => {
  it('are listed by bot with shares that sum to the speed', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(300, ['a', 'a', 'b']);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    const { lanes } = await world.event('AudienceFrozen');
    expect(lanes.map(({ planned }) => planned).sort()).toEqual([100, 200]);
    await until(async () => (await world.listed()).length === 2);
    const shares = (await world.listed()).map(({ share }) => share);
    expect(shares.reduce((a, b) => a + b, 0)).toBe(25);
    await world.close();
  });

  it('give their share to the others when they are through', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(200, ['a', 'b']);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    await world.event('AudienceFrozen');
    await until(async () => (await world.listed()).length === 2);
    await world.completeLane(0, { order: 0, sent: 100 });
    await until(async () =>
      (await world.listed()).some(({ lane, share }) => lane === 1 && share === 25),
    );
    await world.close();
  });
});

describe('closing', () => {
  it('waits for every lane, adds up what they say, and takes them off the list', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(200, ['a', 'b']);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    await world.event('AudienceFrozen');
    await world.completeLane(0, { order: 0, sent: 100 });
    await delay(200);
    expect(await world.history()).not.toContain('BroadcastCompleted');
    await world.completeLane(1, { order: 0, sent: 90, failed: 10 });
    const { totals } = await world.event('BroadcastCompleted');
    expect(totals).toEqual({ planned: 200, sent: 190, failed: 10, skipped: 0, unconfirmed: 0 });
    await until(async () => (await world.listed()).length === 0);
    await world.close();
  });

  it('lists the lanes again for a retry, and closes only when they name its order (R13)', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(10);
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    await world.event('AudienceFrozen');
    await world.completeLane(0, { order: 0, sent: 9, failed: 1 });
    await world.event('BroadcastCompleted');
    await world.command('RequestRetry', { what: 'failed' });
    await world.event('RetryRequested');
    await until(async () => (await world.listed()).length === 1);
    await delay(200);
    expect((await world.history()).filter((type) => type === 'BroadcastCompleted')).toHaveLength(1);
    await world.completeLane(0, { order: 1, sent: 10 });
    await until(
      async () =>
        (await world.history()).filter((type) => type === 'BroadcastCompleted').length === 2,
    );
    await world.close();
  });

  it('closes at once what has no recipients', async () => {
    const world = await SchedulerWorld.open();
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    expect((await world.event('BroadcastCompleted')).totals.planned).toBe(0);
    await world.close();
  });

  it('goes on with the broadcasts of a scheduler that has left', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1_000, ['a', 'b']);
    const copies = [await world.scheduler(), await world.scheduler()];
    await world.draft();
    await world.activateAt(inMs(20));
    await world.event('AudienceFrozen');
    await until(async () => (await world.listed()).length === 2);
    for (const [lane, copy] of copies.entries()) {
      await copy.stop();
      await world.completeLane(lane, { order: 0, sent: 500 });
      await world.scheduler();
    }
    await world.event('BroadcastCompleted');
    await until(async () => (await world.listed()).length === 0);
    await world.close();
  });

  it('takes off the list what a scheduler left behind that died over it', async () => {
    const world = await SchedulerWorld.open();
    const first = await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(20));
    await world.event('BroadcastCompleted');
    await until(async () => (await world.agenda()).length === 0);
    await first.stop();
    await world.leaveOnAgenda();
    await world.scheduler();
    await until(async () => (await world.agenda()).length === 0);
    await world.close();
  });

  it('says everything once, however many schedulers there are', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(1_500, ['a', 'b']);
    await world.scheduler();
    await world.scheduler();
    await world.draft();
    await world.activateAt(inMs(50));
    await world.event('AudienceFrozen');
    await world.completeLane(0, { order: 0, sent: 750 });
    await world.completeLane(1, { order: 0, sent: 750 });
    await world.event('BroadcastCompleted');
    const history = await world.history();
    expect(new Set(history).size).toBe(history.length);
    const planned = await world.plannedContacts();
    expect(new Set(planned).size).toBe(1_500);
    expect(planned).toHaveLength(1_500);
    await world.close();
  });
});

describe('freezing', () => {
  it('drops nobody and plans nobody twice, though it dies between its pages and its answers are lost', async () => {
    const world = await SchedulerWorld.open();
    await world.contacts(25_000, ['a', 'b']);
    const request = {
      broadcastId: world.broadcastId,
      audience: { filter: { all: [] }, route: 'main' },
      routing: {
        bots: { a: 'telegram', b: 'telegram' },
        contentFor: ['telegram'],
        served: ['telegram'],
      },
      startedAt: new Date().toISOString(),
    } as const;
    const parts = { directory: world.directory, clock: new SystemClock(), actor: 'test' };
    let planned: number | undefined;
    for (let seed = 1; planned === undefined && seed < 50; seed += 1) {
      const store = new HostileEventStore(world.store, {
        seed,
        refused: 0.4,
        lostAnswer: 0.3,
        lateAppend: 0.2,
      });
      planned = await new Freeze({ ...parts, store }, request).run().then(
        (plan) => plan.planned,
        () => undefined,
      );
    }
    expect(planned).toBe(25_000);
    const contacts = await world.plannedContacts();
    expect(contacts).toHaveLength(25_000);
    expect(new Set(contacts).size).toBe(25_000);
    await world.close();
  });
});

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) return;
    await delay(10);
  }
  throw new Error('It did not come to hold');
};
