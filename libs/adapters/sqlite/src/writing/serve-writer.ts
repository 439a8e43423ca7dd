import { parentPort, workerData } from 'node:worker_threads';
import { CLOSE, type Ledger, type WriterThreadData } from './writer.ts';

/** The whole life of a writer's thread: what arrived while one group was committed is the next group. */
export const serveWriter = <Request, Value>(
  open: (data: WriterThreadData) => Ledger<Request, Value>,
): void => {
  const port = parentPort;
  if (!port) return;
  const ledger = open(workerData as WriterThreadData);
  let queue: Request[] = [];

  const flush = (): void => {
    const group = queue;
    queue = [];
    if (group.length > 0) port.postMessage(ledger.commit(group));
  };

  port.on('message', (message: readonly Request[] | typeof CLOSE) => {
    if (message === CLOSE) {
      flush();
      ledger.close();
      port.close();
      return;
    }
    if (queue.length === 0) setImmediate(flush);
    queue.push(...message);
  });
  port.postMessage([]);
};
