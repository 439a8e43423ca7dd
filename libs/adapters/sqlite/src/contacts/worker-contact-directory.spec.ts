import { describeContactDirectory, FixedClock } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WorkerContactDirectory } from './worker-contact-directory.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const everybody = { filter: { all: [] }, route: 'main' as const };
const nothing = { bots: {}, contentFor: [], served: [] };

const opened = (
  folder: string,
  worker = new URL('./directory.worker.ts', import.meta.url),
  channelOf: (bot: string) => string | undefined = () => 'telegram',
) =>
  new WorkerContactDirectory({
    path: join(folder, 'contacts.db'),
    clock: new FixedClock(NOW),
    channelOf,
    worker,
  });

const freshFolder = () => mkdtemp(join(tmpdir(), 'crier-contacts-'));

describeContactDirectory('SQLite with a thread for heavy questions', async ({ channelOf }) => {
  const folder = await freshFolder();
  const port = opened(folder, undefined, channelOf);
  const close = async (): Promise<void> => {
    await port.close();
    await rm(folder, { recursive: true });
  };
  return { port, close, settle: () => port.fold() };
});

describe('WorkerContactDirectory', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await freshFolder();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('keeps the calling thread free while many contacts are written, counted and folded', async () => {
    const directory = opened(folder);
    const changes = Array.from({ length: 4_000 }, (_, n) => ({
      externalId: `p-${n}`,
      connections: [{ botId: 'one', address: String(n) }],
    }));
    await directory.upsert(changes.slice(0, 100));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const written = directory.upsert(changes);
    const touched = directory.touch('one', '7', '2026-03-02T00:00:00.000Z');
    await Promise.all([written, touched]);
    await directory.fold();
    await directory.count(everybody, nothing, NOW);
    delay.disable();
    expect(delay.percentile(95) / 1e6).toBeLessThan(20);
    await expect(directory.findByAddress('one', '7')).resolves.toMatchObject({
      lastActiveAt: '2026-03-02T00:00:00.000Z',
    });
    await directory.close();
  });

  it('finds after a new start what was written but not yet folded', async () => {
    const before = opened(folder);
    await before.upsert([{ externalId: 'last', tags: ['late'] }]);
    await before.close();
    const after = opened(folder);
    const late = { filter: { tag: 'late' }, route: 'main' as const };
    await expect(after.count(late, nothing, NOW)).resolves.toMatchObject({ matched: 1 });
    await after.close();
  });

  it('answers "unavailable" when its thread dies, and still serves single people', async () => {
    const dying = new URL('data:text/javascript,setTimeout(()=>process.exit(),20)');
    const directory = opened(folder, dying);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(directory.count(everybody, nothing, NOW)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        verdict: 'retry',
      });
    }
    await expect(directory.findByAddress('one', '7')).resolves.toBeDefined();
    await directory.close();
  });
});
