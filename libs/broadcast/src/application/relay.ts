import { streamPrefixes, topics, type LifecycleMessage } from '@crier/contracts';
import {
  AppError,
  tracedBy,
  type Clock,
  type EventStore,
  type Log,
  type MessageBus,
  type OutgoingMessage,
  type SnapshotStore,
  type StoredEvent,
} from '@crier/kernel';
import { broadcastEventOf } from './command-intake.ts';

export interface RelayDeps {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly log: Log;
}

const READER = 'relay';
const BACKOFF_MS = 500;

const newsOf = (stored: StoredEvent): LifecycleMessage => {
  const event = broadcastEventOf(stored);
  return {
    v: 1,
    broadcastId: event.data.broadcastId,
    revision: stored.revision,
    recordedAt: stored.metadata.recordedAt,
    event,
  };
};

const messageOf = (stored: StoredEvent): OutgoingMessage => {
  const value = newsOf(stored);
  return { topic: topics.lifecycle, key: value.broadcastId, value, ...tracedBy(stored.metadata) };
};

/** Tells on `lifecycle` what the store holds of broadcasts: at least once, in order, from where it left off. */
export class Relay {
  readonly #deps: RelayDeps;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#deps;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#relay();
      } catch (error) {
        const passing = error instanceof AppError && error.verdict === 'retry';
        log[passing ? 'warn' : 'error']('relay interrupted', { error: String(error) });
        await clock.sleep(BACKOFF_MS, this.#stop.signal);
      }
    }
  }

  async #relay(): Promise<void> {
    const { store, bus, snapshots } = this.#deps;
    const snapshot = await snapshots.load(READER);
    const batches = store.subscribe({
      ...(snapshot ? { after: snapshot.position } : {}),
      prefixes: [streamPrefixes.broadcast],
      signal: this.#stop.signal,
    });
    for await (const { events, position } of batches) {
      if (events.length > 0) await bus.publish(events.map(messageOf));
      await snapshots.save(READER, position, null);
    }
  }
}
