import {
  FileMediaStore,
  SqliteBotRegistry,
  SqliteEventStore,
  SqliteImportStore,
  SqliteMessageBus,
  SqliteSnapshotStore,
  WorkerContactDirectory,
} from '@crier/adapter-sqlite';
import { mediaUrl } from '@crier/audience';
import type { MediaReader } from '@crier/connector';
import { isTableTopic } from '@crier/contracts';
import type { Clock, Log } from '@crier/kernel';
import type { DataDirectory } from './data-directory.ts';

/** The embedded stores, each in a file of its own. What blocks runs in threads. */
export type Stores = Awaited<ReturnType<typeof openStores>>;

/** `workerUrl`: the address of a worker module by its name, as source or as built. */
export const openStores = async (
  data: DataDirectory,
  parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly workerUrl: (name: string) => URL;
    readonly publicUrl: string;
  },
) => {
  const { clock, log, workerUrl, publicUrl } = parts;
  const store = await SqliteEventStore.open({
    path: data.path('events.db'),
    writer: { worker: workerUrl('event-writer.worker') },
    log,
  });
  const bus = await SqliteMessageBus.open({
    path: data.path('bus.db'),
    writer: { worker: workerUrl('message-writer.worker') },
    tables: isTableTopic,
    clock,
    log,
  });
  const bots = new SqliteBotRegistry({ path: data.path('bots.db'), key: data.keys.credentials });
  const directory = new WorkerContactDirectory({
    path: data.path('contacts.db'),
    clock,
    channelOf: (botId) => bots.channelOf(botId),
    worker: workerUrl('directory.worker'),
  });
  const snapshots = new SqliteSnapshotStore(data.path('snapshots.db'));
  const files = new FileMediaStore({ directory: data.path('media') });
  const imports = new SqliteImportStore({ path: data.path('contacts.db') });
  const media: MediaReader = {
    find: (id) => files.find(id),
    open: (id) => files.open(id),
    urlOf: (id, name) => mediaUrl(publicUrl, id, name),
  };
  const close = async (): Promise<void> => {
    await bus.close();
    await store.close();
    await directory.close();
    snapshots.close();
    await bots.close();
  };
  return { store, bus, bots, directory, snapshots, files, imports, media, close };
};
