import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AppProcess } from '../../../tools/cluster/app-process.ts';
import { World, type Row } from './world.ts';

const CONTACTS = 2_000;
/** Slow enough that a dispatcher can be exchanged in the middle. */
const SPEED = { settings: { speed: 100 } };
/** Longer than a session of 3 s, shorter than the 20 s after which silence is doubt. */
const FROZEN_MS = 9_000;
const NEXT_RELEASE = {
  main: fileURLToPath(new URL('./next-dispatcher.ts', import.meta.url)),
  flags: [
    '-C',
    '@crier/source',
    '--import',
    fileURLToPath(new URL('../../../tools/hooks.mjs', import.meta.url)),
  ],
};

interface Channel {
  readonly channel: string;
  readonly instances: number;
  readonly capabilities: {
    readonly version: string;
    readonly elements: readonly string[];
    readonly limits: { readonly textLength: number };
  };
}

let world: World;
beforeAll(async () => {
  world = await World.open({ CRIER_SPEED_CEILING: '100000' });
  await world.contacts(CONTACTS);
}, 120_000);
afterAll(() => world.close());

const begun = async (): Promise<string> => {
  const { id } = await world.draft(SPEED);
  await world.call('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
  await world.until(id, ({ sent }) => sent > 100);
  return id;
};

const ended = (id: string): Promise<Row> =>
  world.until(id, ({ status, waiting }) => status === 'sent' && waiting === 0, 90);

const telegram = async (): Promise<Channel | undefined> => {
  const { items } = await world.call<{ items: readonly Channel[] }>('GET', '/v1/channels');
  return items.find(({ channel }) => channel === 'telegram');
};

const dispatchers = (): readonly AppProcess[] => world.cluster.of('dispatcher-telegram');

const exchanged = async (
  app: AppProcess,
  change: Parameters<AppProcess['exchange']>[0],
): Promise<void> => {
  await app.stop();
  app.exchange(change);
  app.start();
  await app.ready();
};

describe('two owners alive', () => {
  it.each([0, 1])(
    'fences dispatcher %i that slept through its session, and records its late answers',
    async (which) => {
      await world.trouble([], { latencyMs: 200 });
      const before = await world.counts();
      const id = await begun();
      const sleeper = dispatchers()[which];
      sleeper?.signal('SIGSTOP');
      await delay(FROZEN_MS);
      const asleep = await world.counts();
      await delay(2_000);
      // At 100 a second over two bots, more than one bot alone could send: the other dispatcher serves both.
      expect((await world.counts()).accepted - asleep.accepted).toBeGreaterThan(120);
      sleeper?.signal('SIGCONT');
      const row = await ended(id);
      const after = await world.counts();
      expect(after.duplicates).toBe(0);
      expect(row).toMatchObject({ sent: CONTACTS, unconfirmed: 0, failed: 0 });
      expect(after.accepted - before.accepted).toBe(CONTACTS);
      await world.trouble([]);
    },
  );
});

describe('one dispatcher deployed while the others run', () => {
  it('is stopped and started again, and nobody is in doubt', async () => {
    const id = await begun();
    for (const app of dispatchers()) await exchanged(app, {});
    expect(await ended(id)).toMatchObject({ sent: CONTACTS, unconfirmed: 0 });
    expect((await world.counts()).duplicates).toBe(0);
  });

  it('works beside a later release that announces more; the channel can do what both can', async () => {
    const known = await telegram();
    const id = await begun();
    const [first] = dispatchers();
    if (first) await exchanged(first, NEXT_RELEASE);
    expect(await ended(id)).toMatchObject({ sent: CONTACTS, unconfirmed: 0 });
    const both = await telegram();
    expect(both?.capabilities.version).toBe('99.0.0');
    expect(both?.capabilities.limits.textLength).toBe(known?.capabilities.limits.textLength);
    expect(both?.capabilities.elements).not.toContain('hologram');
    expect(await ended((await world.send(SPEED)).id)).toMatchObject({ sent: CONTACTS });
  });

  it('is replaced everywhere: what the later release can do counts as soon as the last old one is gone', async () => {
    const id = await begun();
    for (const app of dispatchers()) await exchanged(app, NEXT_RELEASE);
    expect(await ended(id)).toMatchObject({ sent: CONTACTS, unconfirmed: 0 });
    const isNew = async (): Promise<boolean> =>
      (await telegram())?.capabilities.elements.includes('hologram') === true;
    for (let looks = 0; looks < 75 && !(await isNew()); looks += 1) await delay(1_000);
    expect((await telegram())?.capabilities).toMatchObject({ limits: { textLength: 9_000 } });
    expect((await world.counts()).duplicates).toBe(0);
  });
});
