// The entry of the thread that keeps the read models up. Its URL is given to ProjectorThread.
import { SystemClock } from '@crier/kernel';
import { Projector, verify } from '@crier/statistics';
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventStore } from '../events/sqlite-event-store.ts';
import { PortLog } from './port-log.ts';
import type {
  ProjectorReport,
  ProjectorRequest,
  ProjectorThreadData,
} from './projector-messages.ts';
import { SqliteReadModelWriter } from './sqlite-read-model-writer.ts';
import { SqliteReadModels } from './sqlite-read-models.ts';

const LAGS_EVERY_MS = 250;

const tell = (report: ProjectorReport): void => {
  parentPort?.postMessage(report);
};

const open = async ({ events, readModels }: ProjectorThreadData) => {
  const log = new PortLog(tell);
  const store = await SqliteEventStore.open({ path: events, writer: 'none', log });
  const writer = await SqliteReadModelWriter.open({ path: readModels });
  const models = await SqliteReadModels.open({ path: readModels });
  let lags: number[] = [];
  const projector = new Projector({
    store,
    writer,
    clock: new SystemClock(),
    log,
    onLag: (ms) => lags.push(ms),
  });
  const report = (): void => {
    if (lags.length > 0) tell({ kind: 'lags', ms: lags });
    lags = [];
  };
  const reporting = setInterval(report, LAGS_EVERY_MS);
  const close = async (): Promise<void> => {
    await projector.stop();
    clearInterval(reporting);
    report();
    await Promise.all([store.close(), models.close(), writer.close()]);
  };
  return { store, models, projector, close };
};

let opened: ReturnType<typeof open> | undefined;

const answer = async ({ ask }: ProjectorRequest): Promise<unknown> => {
  if (ask === 'stop') return opened?.then(({ close }) => close());
  opened ??= open(workerData as ProjectorThreadData).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  const { projector, store, models } = await opened;
  switch (ask) {
    case 'start':
      return projector.start();
    case 'rebuild':
      return projector.rebuild();
    case 'status':
      return projector.status();
    case 'verify':
      return verify(store, models);
  }
};

parentPort?.on('message', (request: ProjectorRequest) => {
  const { id, ask } = request;
  answer(request).then(
    (value) => {
      tell({ kind: 'answer', id, value });
      if (ask === 'stop') parentPort?.close();
    },
    (error: unknown) => {
      const code = (error as { readonly code?: unknown } | null)?.code;
      const message = error instanceof Error ? error.message : String(error);
      tell({ kind: 'refusal', id, code: typeof code === 'string' ? code : 'DEFECT', message });
    },
  );
});
