import {
  comparePositions,
  Unavailable,
  type Position,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@crier/kernel';
import {
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { BEGINNING, placeOf, positionOf, storedEventOf } from './stored-event.ts';

const BATCH_SIZE = 500;
/** Events that the client reads ahead; what is beyond stays at the server. */
const READ_AHEAD = 256;
/** The server tells its place after so many scanned windows of 32 events. */
const CHECKPOINT_INTERVAL = 8;

const later = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a);

interface Resolved {
  readonly event?: Parameters<typeof storedEventOf>[0];
}

/** One subscription of the client, taken in batches: what has come since the last one, as far as it fits. */
export class LiveSubscription {
  readonly #subscription: AllStreamSubscription;
  readonly #types: ReadonlySet<string> | undefined;
  readonly #batchSize: number;
  readonly #ended: AbortSignal;
  #position: Position;
  /** The server's own place; it counts once everything before it has been taken. */
  #checkpoint: Position;
  readonly #passed: Position;
  #live = false;
  #told = false;
  #error: Error | undefined;
  #wake: () => void = () => undefined;

  /** `passed`: a place before which everything has been scanned once it has caught up. `ended`: nothing more is wanted. */
  constructor(
    client: EventStoreDBClient,
    options: SubscribeOptions & { readonly passed: Position | undefined },
    ended: AbortSignal,
  ) {
    const {
      after = BEGINNING,
      passed = BEGINNING,
      prefixes,
      types,
      batchSize = BATCH_SIZE,
    } = options;
    this.#position = after;
    this.#checkpoint = after;
    this.#passed = passed;
    this.#types = types && new Set(types);
    this.#batchSize = batchSize;
    this.#ended = ended;
    this.#subscription = client.subscribeToAll(
      {
        fromPosition: placeOf(after) ?? START,
        filter: streamNameFilter({
          prefixes: [...prefixes],
          checkpointInterval: CHECKPOINT_INTERVAL,
          checkpointReached: (_subscription, place) => {
            this.#checkpoint = positionOf(place);
            return Promise.resolve();
          },
        }),
      },
      { highWaterMark: READ_AHEAD },
    );
    this.#listen();
  }

  /** The next batch; undefined when nothing more is wanted. @throws whatever ended the subscription */
  async next(): Promise<SubscriptionBatch | undefined> {
    for (;;) {
      if (this.#ended.aborted) return undefined;
      const batch = this.#take();
      if (batch) return batch;
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.#ended.removeEventListener('abort', this.#onEnded);
    await this.#subscription.unsubscribe().catch(() => undefined);
    this.#subscription.destroy();
  }

  #listen(): void {
    const subscription = this.#subscription;
    const fail = (error: unknown): void => {
      this.#error ??=
        error instanceof Error ? error : new Unavailable('The subscription was closed');
      this.#wake();
    };
    // The client tells of an end up to three times.
    subscription.on('error', fail);
    subscription.on('end', fail);
    subscription.on('close', fail);
    subscription.on('readable', () => {
      this.#wake();
    });
    subscription.on('caughtUp', () => {
      this.#live = true;
      this.#wake();
    });
    subscription.on('fellBehind', () => {
      this.#live = false;
    });
    this.#ended.addEventListener('abort', this.#onEnded);
  }

  readonly #onEnded = (): void => {
    this.#wake();
  };

  #take(): SubscriptionBatch | undefined {
    const { events, read, isDrained } = this.#drain();
    const caughtUp = this.#live && isDrained;
    const position = this.#placeAfter(read, isDrained, caughtUp);
    const isFirst = caughtUp && !this.#told;
    if (events.length === 0 && position === this.#position && !isFirst) return undefined;
    this.#told ||= caughtUp;
    this.#position = position;
    return { events, position, caughtUp };
  }

  #drain(): { events: readonly StoredEvent[]; read: Position; isDrained: boolean } {
    const events: StoredEvent[] = [];
    let read = this.#position;
    while (events.length < this.#batchSize) {
      const resolved = this.#subscription.read() as Resolved | null;
      if (resolved === null) return { events, read, isDrained: true };
      if (!resolved.event) continue;
      const stored = storedEventOf(resolved.event);
      read = stored.position;
      if (this.#types?.has(stored.type) ?? true) events.push(stored);
    }
    return { events, read, isDrained: false };
  }

  #placeAfter(read: Position, isDrained: boolean, caughtUp: boolean): Position {
    const scanned = isDrained ? later(read, this.#checkpoint) : read;
    return caughtUp ? later(scanned, this.#passed) : scanned;
  }
}
