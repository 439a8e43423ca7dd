import { describeContactDirectory, FixedClock } from '@crier/audience/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkerContactDirectory } from './worker-contact-directory.ts';

describeContactDirectory('SQLite with a thread for heavy questions', async (world) => {
  const folder = await mkdtemp(join(tmpdir(), 'crier-contacts-'));
  const port = new WorkerContactDirectory({
    path: join(folder, 'contacts.db'),
    clock: new FixedClock(world.now),
    channelOf: world.channelOf,
    worker: new URL('./directory.worker.ts', import.meta.url),
  });
  const close = async (): Promise<void> => {
    await port.close();
    await rm(folder, { recursive: true });
  };
  return { port, close, settle: () => port.fold() };
});
