import { NO_STREAM } from '@crier/kernel';
import { eventually, someEvent } from '@crier/kernel/testing';
import { appendFacts, randomHistory } from '@crier/statistics/testing';
import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../events/sqlite-event-store.ts';
import { ProjectorThread, SqliteReadModels } from './index.ts';

const worker = new URL('./projector.worker.ts', import.meta.url);

const withThread = async (
  use: (world: {
    readonly store: SqliteEventStore;
    readonly thread: ProjectorThread;
    readonly readModels: string;
    readonly lags: readonly number[];
  }) => Promise<void>,
): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'crier-projector-'));
  const events = join(directory, 'events.db');
  const readModels = join(directory, 'read-models.db');
  const store = await SqliteEventStore.open({ path: events, writer: 'inline' });
  const lags: number[] = [];
  const execArgv = ['-C', '@crier/source'];
  const onLag = (ms: number) => lags.push(ms);
  const thread = new ProjectorThread({ worker, events, readModels, execArgv, onLag });
  try {
    await use({ store, thread, readModels, lags });
  } finally {
    await thread.stop();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
};

describe('ProjectorThread', () => {
  it('folds, rebuilds, proves and tells its lag from a thread of its own', () =>
    withThread(async ({ store, thread, readModels, lags }) => {
      const facts = randomHistory(3, 1);
      await appendFacts(store, facts);
      await thread.start();
      const models = await SqliteReadModels.open({ path: readModels });
      const head = await store.head();
      let position: string | undefined;
      for (let looks = 0; position !== head && looks < 500; looks += 1)
        position = (await thread.status()).serving?.position;
      await thread.rebuild();
      await expect(thread.verify()).resolves.toMatchObject([{ ok: true }]);
      await expect(models.progress()).resolves.toMatchObject([{ position: head }]);
      await models.close();
      await eventually('every lag was told', () => lags.length === facts.length);
    }));

  it('says where it stands still', () =>
    withThread(async ({ store, thread }) => {
      await thread.start();
      await store.append('broadcast-x', NO_STREAM, [someEvent({ broadcastId: 'x' })]);
      let state = 'running';
      while (state === 'running') ({ state } = await thread.status());
      await expect(thread.status()).resolves.toMatchObject({
        state: 'stopped',
        fault: { code: 'UNKNOWN_EVENT_TYPE', stream: 'broadcast-x', revision: 0 },
      });
      await expect(thread.rebuild()).rejects.toMatchObject({ code: 'PROJECTOR_STOPPED' });
    }));

  it('refuses to start where there is no event store', async () => {
    const events = join(tmpdir(), 'crier-no-such-directory', 'events.db');
    const thread = new ProjectorThread({
      worker,
      events,
      readModels: ':memory:',
      execArgv: ['-C', '@crier/source'],
    });
    await expect(thread.start()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await thread.stop();
  });
});
