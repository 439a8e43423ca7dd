import { allDown, allUp } from '@crier/local-infra';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { World, type Row } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
}, 120_000);
afterAll(() => world.close());

/** Commands may be answered late (202) until every app has found its servers again. */
const insisted = async (send: () => Promise<Row>): Promise<Row> => {
  const deadline = performance.now() + 60_000;
  for (;;)
    try {
      return await send();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(1_000);
    }
};

describe('an app of the cluster', () => {
  it('starts without its servers, waits, and works as soon as they are there', async () => {
    const { infra } = world.cluster;
    await world.contacts(100);
    await allDown(infra);
    const added = world.cluster.add('scheduler');
    await delay(3_000);
    expect(world.cluster.of('scheduler').at(-1)).toMatchObject({ isRunning: true, url: undefined });
    await allUp(infra);
    const late = await added;
    const ready = await fetch(`${late.url ?? ''}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', faults: {} }]);
    expect(await insisted(() => world.send({ settings: { speed: 25 } }))).toMatchObject({
      planned: 100,
      sent: 100,
    });
  });

  it('says which of its servers does not answer', async () => {
    const { mongodb } = world.cluster.infra;
    const [app] = world.cluster.of('broadcasts');
    mongodb.signal('SIGSTOP');
    try {
      const answer = await fetch(`${app?.url ?? ''}/health/ready`);
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { faults: { mongodb: expect.any(String) } },
      ]);
      expect((await fetch(`${app?.url ?? ''}/health/live`)).status).toBe(200);
    } finally {
      mongodb.signal('SIGCONT');
    }
  });
});
