import {
  MessageBus,
  SilentLog,
  SystemClock,
  Unavailable,
  type Clock,
  type IncomingMessage,
  type Log,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from '@crier/kernel';
import { IN_MEMORY } from '../database.ts';
import { feed, type Reading } from './feed.ts';
import { Group } from './group.ts';
import type { Claim } from './holding.ts';
import { openParts, type MessageBusParts, type MessageWriting } from './message-bus-parts.ts';
import type { MessageRequest } from './message-request.ts';
import { PartitionBells } from './partition-bells.ts';
import { partitionOf } from './partition-of.ts';

export interface SqliteMessageBusOptions {
  /** A file, which one instance may have open at a time, or `:memory:`. */
  readonly path: string;
  /** Where messages are written: in this thread, or in a thread of its own that runs the given module. */
  readonly writer: MessageWriting;
  /** Which topics are tables; all others are logs. */
  readonly tables: (topic: string) => boolean;
  /** Partitions of every topic of a new file, 16 by default; an existing file keeps its own number. */
  readonly partitions?: number;
  readonly clock?: Clock;
  readonly log?: Log;
}

const PARTITIONS = 16;
const MINUTE_MS = 60_000;
const TIDY_EVERY_MS = 10 * MINUTE_MS;
const KEPT_READ_MS = 60 * MINUTE_MS;
const KEPT_UNREAD_MS = 7 * 24 * 60 * MINUTE_MS;

/** The bus of one process, in one SQLite file. What waits together to be published shares one fsync. */
export class SqliteMessageBus extends MessageBus {
  readonly #parts: MessageBusParts;
  readonly #tables: (topic: string) => boolean;
  readonly #partitions: number;
  readonly #reading: Reading;
  readonly #clock: Clock;
  readonly #groups = new Map<string, Group>();
  readonly #tails = new Set<Subscription>();
  readonly #tidying: NodeJS.Timeout;
  #closing: Promise<void> | undefined;
  #closed = false;

  private constructor(options: SqliteMessageBusOptions, parts: MessageBusParts) {
    super();
    const { clock = new SystemClock(), log = new SilentLog() } = options;
    this.#parts = parts;
    this.#tables = options.tables;
    this.#clock = clock;
    this.#partitions = parts.reader.partitions();
    this.#reading = {
      reader: parts.reader,
      bells: new PartitionBells(),
      clock,
      log,
      acknowledge: (group, topic, partition, next) =>
        this.#store({ kind: 'acknowledge', group, topic, partition, next }),
    };
    this.#tidying = setInterval(() => {
      this.#tidy().catch((error: unknown) => {
        log.warn('message bus could not be tidied', { error });
      });
    }, TIDY_EVERY_MS);
    this.#tidying.unref();
  }

  /** Creates the file where there is none. @throws Unavailable */
  static async open(options: SqliteMessageBusOptions): Promise<SqliteMessageBus> {
    const { path, writer, partitions = PARTITIONS } = options;
    if (path === IN_MEMORY && writer !== 'inline')
      throw new RangeError('A bus in memory is written inline');
    try {
      const parts = await openParts(path, writer);
      await stored(parts, { kind: 'found', partitions });
      const bus = new SqliteMessageBus(options, parts);
      await bus.#tidy();
      return bus;
    } catch (error) {
      throw new Unavailable('The message bus cannot be opened', { path }, error);
    }
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const written = messages.map(({ topic, key, value }) => ({
      topic,
      partition: partitionOf(key, this.#partitions),
      key,
      value: JSON.stringify(value),
      tabled: this.#tables(topic),
    }));
    await this.#store({ kind: 'publish', messages: written, atMs: Date.parse(this.#clock.now()) });
    this.#reading.bells.ring(written);
  }

  consume({ topic, group, onBatch }: LogOptions): Promise<Subscription> {
    return this.#join(topic, { group, logs: { [topic]: onBatch } });
  }

  own({ group, logs, ...owner }: OwnershipOptions): Promise<Subscription> {
    return this.#join(owner.table, { group, logs, owner });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- errors must reject, not throw
  async tail({ topic, onBatch }: TailOptions): Promise<Subscription> {
    this.#assertOpen();
    const stopping = new AbortController();
    const partitions = Array.from({ length: this.#partitions }, (_, partition) => partition);
    const feeds = partitions.map((partition) => {
      const from = this.#parts.reader.next(topic, partition);
      return feed(this.#reading, { topic, partition, from, onBatch }, stopping.signal);
    });
    const subscription: Subscription = {
      close: async () => {
        stopping.abort();
        this.#tails.delete(subscription);
        await Promise.all(feeds);
      },
    };
    this.#tails.add(subscription);
    return subscription;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- errors must reject, not throw
  async snapshot(topic: string): Promise<readonly IncomingMessage[]> {
    this.#assertOpen();
    try {
      return this.#parts.reader.snapshot(topic);
    } catch (error) {
      throw new Unavailable('The message bus cannot be read', { topic }, error);
    }
  }

  /** Ends all subscriptions, stores what was given to publish, then lets go of the file. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    clearInterval(this.#tidying);
    await Promise.all([
      ...[...this.#groups.values()].map((group) => group.dissolve()),
      ...[...this.#tails].map((tail) => tail.close()),
    ]);
    this.#closed = true;
    this.#parts.disconnect();
    await this.#parts.writer.close();
  }

  async #join(shared: string, claim: Claim): Promise<Subscription> {
    this.#assertOpen();
    for (const topic of Object.keys(claim.logs))
      await this.#store({ kind: 'join', group: claim.group, topic });
    this.#assertOpen();
    return this.#groupOf(JSON.stringify([claim.group, shared])).join(claim);
  }

  #groupOf(name: string): Group {
    const group = this.#groups.get(name) ?? new Group(this.#reading, this.#partitions);
    this.#groups.set(name, group);
    return group;
  }

  #tidy(): Promise<void> {
    const nowMs = Date.parse(this.#clock.now());
    return this.#store({
      kind: 'tidy',
      readBeforeMs: nowMs - KEPT_READ_MS,
      unreadBeforeMs: nowMs - KEPT_UNREAD_MS,
    });
  }

  async #store(request: MessageRequest): Promise<void> {
    if (this.#closed) throw new Unavailable('The message bus is closed');
    await stored(this.#parts, request);
  }

  #assertOpen(): void {
    if (this.#closing) throw new Unavailable('The message bus is closed');
  }
}

const stored = async (parts: MessageBusParts, request: MessageRequest): Promise<void> => {
  const answer = await parts.writer.submit(request);
  if (!answer.done)
    throw new Unavailable('The message bus cannot be written', { reason: answer.reason });
};
