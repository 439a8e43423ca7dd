import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  type JSONType,
  NO_STREAM as NO_STREAM_YET,
} from '@eventstore/db-client';
import {
  AppendOutcomeUnknown,
  AppendTooLarge,
  AppError,
  EventStore,
  MAX_APPEND_BYTES,
  NO_STREAM,
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
import { setTimeout as delay } from 'node:timers/promises';
import { clientOf, credentialsOf, type Credentials } from './address.ts';
import { appendErrorOf, isStreamMissing, readErrorOf } from './errors.ts';
import { drain } from './draining.ts';
import { positionOf, storedEventOf } from './stored-event.ts';
import { follow } from './following.ts';

export interface EventStoreDbOptions {
  /** `esdb://…`; what belongs in it: `tls`, `tlsCAFile`, user and password. */
  readonly connectionString: string;
  readonly log: Log;
  /** An append that was not answered in time has an unknown outcome. 3,000 ms by default. */
  readonly appendDeadlineMs?: number;
  /** A read from which nothing comes for so long is given up. 5,000 ms by default. */
  readonly readDeadlineMs?: number;
}

const APPEND_DEADLINE_MS = 3_000;
const READ_DEADLINE_MS = 5_000;
/** An append with an unknown outcome is repeated word for word; then its caller is told. */
const APPEND_TRIES = 3;
const REPEAT_AFTER_MS = 100;
/** System events at the end of the order: more of them in a row than this are not looked through. */
const MOST_SYSTEM_EVENTS = 500;

const bytesOf = (events: readonly NewEvent[]): number =>
  events.reduce(
    (sum, { data, metadata }) =>
      sum + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)),
    0,
  );

/**
 * Facts in EventStoreDB. Every append names credentials, even empty ones: the client then makes one call per append, with a
 * deadline of its own and an error of its own. Its other form, one call for all appends of the process, has neither.
 */
export class EventStoreDb extends EventStore {
  readonly #client: EventStoreDBClient;
  readonly #options: EventStoreDbOptions;
  readonly #credentials: Credentials;
  readonly #closed = new AbortController();

  /** Connects later, with the first call. @throws EventStoreAddressInvalid */
  constructor(options: EventStoreDbOptions) {
    super();
    this.#options = options;
    this.#credentials = credentialsOf(options.connectionString);
    this.#client = clientOf(options.connectionString);
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#mustBeOpen();
    if (bytesOf(events) > MAX_APPEND_BYTES)
      throw new AppendTooLarge('Give less in one append', { stream, most: MAX_APPEND_BYTES });
    for (let tries = 1; ; tries += 1)
      try {
        return await this.#appendOnce(stream, expected, events);
      } catch (error) {
        const found = appendErrorOf(error, stream, expected);
        if (
          !(found instanceof AppendOutcomeUnknown) ||
          tries >= APPEND_TRIES ||
          this.#closed.signal.aborted
        )
          throw found;
        await delay(REPEAT_AFTER_MS);
      }
  }

  async read(stream: string, { from = 0, max }: ReadOptions = {}): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    return this.#drain(() =>
      this.#client.readStream(stream, {
        direction: FORWARDS,
        fromRevision: BigInt(from),
        ...(max === undefined ? {} : { maxCount: max }),
      }),
    );
  }

  async last(stream: string): Promise<StoredEvent | undefined> {
    this.#mustBeOpen();
    const events = await this.#drain(() =>
      this.#client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    return events[0];
  }

  /** Of our events: the server's own at the end are passed over. */
  async head(): Promise<Position | undefined> {
    this.#mustBeOpen();
    const isOurs = ({ stream }: StoredEvent): boolean => !stream.startsWith('$');
    for (const maxCount of [1, MOST_SYSTEM_EVENTS]) {
      const newest = await this.#drain(() =>
        this.#client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount }),
      );
      const own = newest.find(isOurs);
      if (own) return own.position;
    }
    return undefined;
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    this.#mustBeOpen();
    const { log } = this.#options;
    const head = () => this.head();
    yield* follow({ client: this.#client, log, head, closed: this.#closed.signal }, options);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#client.dispose();
  }

  async #appendOnce(
    stream: string,
    expected: Revision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const { nextExpectedRevision, position } = await this.#client.appendToStream(
      stream,
      events.map(({ id, type, data, metadata }) =>
        jsonEvent({ id, type, data: data as JSONType, metadata }),
      ),
      {
        expectedRevision: expected === NO_STREAM ? NO_STREAM_YET : BigInt(expected),
        credentials: this.#credentials,
        deadline: this.#options.appendDeadlineMs ?? APPEND_DEADLINE_MS,
      },
    );
    if (!position) throw new AppendOutcomeUnknown('The event store told no position', { stream });
    return { revision: Number(nextExpectedRevision), position: positionOf(position) };
  }

  async #drain(open: () => Parameters<typeof drain>[0]): Promise<readonly StoredEvent[]> {
    try {
      const resolved = await drain(
        open(),
        this.#options.readDeadlineMs ?? READ_DEADLINE_MS,
        this.#closed.signal,
      );
      return resolved.flatMap(({ event }) => (event ? [storedEventOf(event)] : []));
    } catch (error) {
      if (isStreamMissing(error)) return [];
      throw error instanceof AppError ? error : readErrorOf(error);
    }
  }

  #mustBeOpen(): void {
    if (this.#closed.signal.aborted) throw new Unavailable('The event store was closed');
  }
}
