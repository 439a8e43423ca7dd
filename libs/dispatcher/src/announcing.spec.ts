import {
  SqliteBotRegistry,
  SqliteContactDirectory,
  SqliteEventStore,
  SqliteMessageBus,
  SqliteReadModels,
  SqliteReadModelWriter,
} from '@crier/adapter-sqlite';
import { isTableTopic, topics, type ChannelAnnounced } from '@crier/contracts';
import { SilentLog, SilentMeter, SystemClock } from '@crier/kernel';
import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DispatcherApp } from './dispatcher-app.ts';
import { Referee, ScriptedConnector } from './testing/scripted-connector.ts';

const clock = new SystemClock();
const noMedia = {
  find: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  urlOf: () => '',
};

class Secretive extends ScriptedConnector {
  override readonly ownSecrets = ['hookSecret'];
}

/** What everybody can read once a dispatcher with this connector has started. */
const announcedBy = async (connector: ScriptedConnector): Promise<ChannelAnnounced | undefined> => {
  const bus = await SqliteMessageBus.open({
    path: ':memory:',
    tables: isTableTopic,
    writer: 'inline',
  });
  const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  const directory = new SqliteContactDirectory({
    path: ':memory:',
    clock,
    channelOf: () => 'telegram',
  });
  const bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
  const folder = await mkdtemp(join(tmpdir(), 'dispatcher-'));
  const path = join(folder, 'read-models.db');
  const writer = await SqliteReadModelWriter.open({ path });
  const readModels = await SqliteReadModels.open({ path });
  const app = new DispatcherApp({
    ...{ store, bus, directory, bots, connector, clock, readModels },
    media: noMedia,
    log: new SilentLog(),
    meter: new SilentMeter(),
    refSecret: 'secret',
    publicUrl: 'https://crier.example',
    concurrency: 1,
  });
  await app.start();
  const [entry] = await bus.snapshot(topics.channels);
  await app.stop();
  for (const port of [bus, store, directory, bots, readModels, writer]) await port.close();
  await rm(folder, { recursive: true, force: true });
  return entry?.value as ChannelAnnounced | undefined;
};

describe('a dispatcher that starts', () => {
  it('announces what its channel can do, and which secrets are made up for its bots', async () => {
    const connector = new Secretive(new Referee(), { seed: 1 });
    await expect(announcedBy(connector)).resolves.toMatchObject({
      capabilities: { ...connector.capabilities, ownSecrets: ['hookSecret'] },
    });
  });

  it('names no secrets where its messenger repeats none', async () => {
    const connector = new ScriptedConnector(new Referee(), { seed: 1 });
    const announced = await announcedBy(connector);
    expect(announced?.capabilities).toEqual(connector.capabilities);
  });
});
