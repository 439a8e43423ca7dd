import {
  AppendOutcomeUnknown,
  ConcurrencyConflict,
  EventStore,
  SilentLog,
  Unavailable,
  type Appended,
  type Log,
  type NewEvent,
  type Position,
  type ReadOptions,
  type Revision,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@crier/kernel';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { IN_MEMORY } from '../database.ts';
import type { Writer } from '../writing/writer.ts';
import { appendRequest, type AppendRequest, type AppendResult } from './append-request.ts';
import { BEGINNING, type EventReader, type Scan } from './event-reader.ts';
import { openParts, type EventStoreParts, type EventWriting } from './event-store-parts.ts';
import type { CommitChannel } from './commit-channel.ts';

export interface SqliteEventStoreOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  /** Where appends are written: in this thread, in a thread of its own that runs the given module, or nowhere. */
  readonly writer: EventWriting;
  readonly log?: Log;
}

const POLL_MS = 250;
const BATCH_SIZE = 500;

/**
 * The event store in one SQLite file. Appends that wait together share one fsync. Reading uses a connection of this
 * thread; every thread of the process may read the same file, one instance may write it.
 */
export class SqliteEventStore extends EventStore {
  readonly #channel: CommitChannel;
  readonly #reader: EventReader;
  readonly #writer: Writer<AppendRequest, AppendResult> | undefined;
  readonly #disconnect: () => void;
  readonly #log: Log;
  readonly #closed = new AbortController();

  private constructor(parts: EventStoreParts, log: Log) {
    super();
    this.#channel = parts.channel;
    this.#reader = parts.reader;
    this.#writer = parts.writer;
    this.#disconnect = parts.disconnect;
    this.#log = log;
  }

  /** Creates the file where there is none, unless the writer is `none`. @throws Unavailable */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const { path, writer, log = new SilentLog() } = options;
    if (path === IN_MEMORY && writer !== 'inline')
      throw new RangeError('A store in memory is written inline');
    try {
      return new SqliteEventStore(await openParts(path, writer), log);
    } catch (error) {
      throw new Unavailable('The event store cannot be opened', { path }, error);
    }
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#assertOpen();
    if (!this.#writer) throw new Unavailable('The event store is open for reading only');
    const answer = await this.#writer.submit(appendRequest(stream, expected, events));
    if (!answer.done) {
      const context = { stream, expected, reason: answer.reason };
      if (answer.surelyNot) throw new Unavailable('The event store cannot be written', context);
      throw new AppendOutcomeUnknown('The append may or may not be stored', context);
    }
    const { value } = answer;
    if (!value.appended)
      throw new ConcurrencyConflict('Another append was first', {
        stream,
        expected,
        head: value.head,
      });
    return { revision: value.revision, position: value.position };
  }

  read(stream: string, { from = 0, max = -1 }: ReadOptions = {}): Promise<readonly StoredEvent[]> {
    return this.#look(() => this.#reader.read(stream, from, max));
  }

  last(stream: string): Promise<StoredEvent | undefined> {
    return this.#look(() => this.#reader.last(stream));
  }

  head(): Promise<Position | undefined> {
    return this.#look(() => this.#reader.head());
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch> {
    const { after = BEGINNING, batchSize = BATCH_SIZE, prefixes, types } = options;
    const ended = AbortSignal.any([options.signal, this.#closed.signal]);
    const scan = await this.#look(() => this.#reader.scan(prefixes, types));
    let position = after;
    let given = false;
    while (!options.signal.aborted) {
      this.#assertOpen();
      const { rings } = this.#channel.bell;
      const batch = this.#tryScan(scan, position, batchSize);
      if (batch && (batch.position !== position || !given)) {
        ({ position } = batch);
        given = true;
        yield batch;
      }
      if (batch && !batch.caughtUp) await nextTurn();
      else await this.#channel.bell.after(rings, ended, POLL_MS);
    }
  }

  /** Stores what was given to append, then lets go of the file. Running subscriptions end with Unavailable. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#disconnect();
    await this.#writer?.close();
  }

  #tryScan(scan: Scan, after: Position, max: number): SubscriptionBatch | undefined {
    try {
      return scan(after, max);
    } catch (error) {
      this.#log.warn('event store cannot be read, trying again', { error });
      return undefined;
    }
  }

  /** Reads are short and stay in this thread; what SQLite throws becomes Unavailable. */
  // eslint-disable-next-line @typescript-eslint/require-await -- errors must reject, not throw
  async #look<T>(query: () => T): Promise<T> {
    this.#assertOpen();
    try {
      return query();
    } catch (error) {
      throw new Unavailable('The event store cannot be read', {}, error);
    }
  }

  #assertOpen(): void {
    if (this.#closed.signal.aborted) throw new Unavailable('The event store is closed');
  }
}
