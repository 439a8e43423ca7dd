import type { ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { Unavailable } from '@crier/kernel';

/**
 * Everything that a read gives. The client itself waits for ever: a read from which nothing came for `silenceMs` is cancelled
 * here. @throws Unavailable; the client's errors as they come
 */
export const drain = async <Event extends ResolvedEvent>(
  read: StreamingRead<Event>,
  silenceMs: number,
  closed: AbortSignal,
): Promise<readonly Event[]> => {
  // Its second error, after the first one was thrown, would otherwise end the process.
  read.on('error', () => undefined);
  const silent = Promise.withResolvers<never>();
  silent.promise.catch(() => undefined);
  const giveUp = (why: string): void => {
    silent.reject(new Unavailable(why));
  };
  const onClosed = (): void => {
    giveUp('The event store was closed');
  };
  const timer = setTimeout(() => {
    giveUp('The event store does not answer');
  }, silenceMs);
  closed.addEventListener('abort', onClosed, { once: true });
  const all: Event[] = [];
  const reading = (async () => {
    for await (const event of read) {
      timer.refresh();
      all.push(event);
    }
    return all;
  })();
  reading.catch(() => undefined);
  try {
    return await Promise.race([reading, silent.promise]);
  } finally {
    clearTimeout(timer);
    closed.removeEventListener('abort', onClosed);
    await read.cancel().catch(() => undefined);
  }
};
