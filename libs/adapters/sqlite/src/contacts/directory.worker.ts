import { SystemClock } from '@crier/kernel';
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteContactDirectory } from './sqlite-contact-directory.ts';
import {
  CLOSE,
  type Answered,
  type Asked,
  type DirectoryThreadData,
  type Questions,
} from './thread-messages.ts';

const IDLE_MS = 300;

const { path } = workerData as DirectoryThreadData;
const directory = new SqliteContactDirectory({
  path,
  clock: new SystemClock(),
  channelOf: () => undefined,
});

/** After a large write the index is folded as soon as no other follows. */
let foldWhenIdle: NodeJS.Timeout | undefined;

const answers: Questions = {
  count: (...args) => directory.count(...args),
  list: (...args) => directory.list(...args),
  scan: (...args) => directory.scan(...args),
  vocabulary: () => directory.vocabulary(),
  fold: () => directory.fold(),
  upsert: async ({ now, channels }, changes) => {
    clearTimeout(foldWhenIdle);
    const channelOf = (botId: string) =>
      Object.hasOwn(channels, botId) ? channels[botId] : undefined;
    const upserted = await directory.upsertIn({ now, channelOf }, changes);
    foldWhenIdle = setTimeout(() => {
      // A fold that fails leaves answers right, only slower; the next one makes up for it.
      directory.fold().catch(() => undefined);
    }, IDLE_MS);
    return upserted;
  },
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'BUG';

const answer = async ({ id, name, args }: Asked): Promise<Answered> => {
  const method = answers[name] as (...given: unknown[]) => Promise<unknown>;
  try {
    return { id, value: await method(...args) };
  } catch (error) {
    return { id, refused: { code: codeOf(error), message: String(error) } };
  }
};

parentPort?.on('message', (message: Asked | typeof CLOSE) => {
  if (message === CLOSE) {
    clearTimeout(foldWhenIdle);
    void directory.close().finally(() => parentPort?.close());
    return;
  }
  void answer(message).then((answered) => parentPort?.postMessage(answered));
});
