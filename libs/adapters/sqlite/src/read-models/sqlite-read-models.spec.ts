import { describeReadModels, type OpenReadModels } from '@crier/statistics/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../events/sqlite-event-store.ts';
import { openReadModelsTogether, SqliteReadModels, SqliteReadModelWriter } from './index.ts';

const openInMemory: OpenReadModels = async () => {
  const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  const { models, writer } = await openReadModelsTogether();
  const close = async () => {
    await models.close();
    await store.close();
  };
  return { port: { store, models, writer }, close };
};

const openFile: OpenReadModels = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'crier-read-models-'));
  const path = join(directory, 'read-models.db');
  const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  const writer = await SqliteReadModelWriter.open({ path });
  const models = await SqliteReadModels.open({ path });
  const close = async () => {
    await Promise.all([models.close(), writer.close(), store.close()]);
    await rm(directory, { recursive: true, force: true });
  };
  return { port: { store, models, writer }, close };
};

describeReadModels('SQLite in memory', openInMemory);
describeReadModels('SQLite file', openFile);

describe('SqliteReadModels', () => {
  it('cannot be opened before a writer made the file, nor used after it was closed', async () => {
    const path = join(tmpdir(), 'crier-no-such-directory', 'read-models.db');
    const unavailable = { code: 'UNAVAILABLE' };
    await expect(SqliteReadModels.open({ path })).rejects.toMatchObject(unavailable);
    await expect(SqliteReadModelWriter.open({ path })).rejects.toMatchObject(unavailable);
    const { models, writer } = await openReadModelsTogether();
    await models.close();
    await expect(models.row('x')).rejects.toMatchObject(unavailable);
    await expect(writer.generations()).rejects.toMatchObject(unavailable);
  });
});
