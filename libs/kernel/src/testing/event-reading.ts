import type { EventStore, SubscribeOptions, SubscriptionBatch } from '../event-store.ts';
import { comparePositions, type StoredEvent } from '../recorded.ts';
import { eventually } from './waiting.ts';

type Wanted = Omit<SubscribeOptions, 'signal'>;

/** A subscriber at work; it ignores what it has had, as every reader must. */
export interface Reading {
  readonly batches: readonly SubscriptionBatch[];
  readonly events: readonly StoredEvent[];
  /** Ends the subscription; rejects with what it failed with. */
  readonly stop: () => Promise<void>;
}

/** Starts to read, in the background. */
export const startReading = (store: EventStore, wanted: Wanted): Reading => {
  const stopping = new AbortController();
  const batches: SubscriptionBatch[] = [];
  const events: StoredEvent[] = [];
  const run = async (): Promise<void> => {
    for await (const batch of store.subscribe({ ...wanted, signal: stopping.signal })) {
      batches.push(batch);
      for (const event of batch.events) {
        const last = events.at(-1);
        if (!last || comparePositions(event.position, last.position) > 0) events.push(event);
      }
    }
  };
  const running = run();
  running.catch(() => undefined); // stop() tells
  const stop = (): Promise<void> => {
    stopping.abort();
    return running;
  };
  return { batches, events, stop };
};

/** Reads until so many events have come. */
export const readFirst = async (
  store: EventStore,
  count: number,
  wanted: Wanted,
): Promise<readonly StoredEvent[]> => {
  const reading = startReading(store, wanted);
  await eventually(`${count} events have come`, () => reading.events.length >= count);
  await reading.stop();
  return reading.events;
};

/** Reads until the store says that there is nothing more. */
export const readAll = async (store: EventStore, wanted: Wanted): Promise<Reading> => {
  const reading = startReading(store, wanted);
  await eventually('the reader has caught up', () =>
    reading.batches.some(({ caughtUp }) => caughtUp),
  );
  await reading.stop();
  return reading;
};
