import type { NewEvent, Position, Revision, StoredEvent } from './recorded.ts';

/** One append, all events and metadata together, may not be larger than this. */
export const MAX_APPEND_BYTES = 900_000;

export interface Appended {
  /** Revision of the last event of the append. */
  readonly revision: Revision;
  /** Position of the last event of the append. */
  readonly position: Position;
}

export interface ReadOptions {
  /** First revision to read, 0 by default. */
  readonly from?: Revision;
  /** At most so many events; all by default. */
  readonly max?: number;
}

export interface SubscribeOptions {
  /** Read what comes after this place; from the very beginning by default. */
  readonly after?: Position;
  /** Only streams whose name begins with one of these. */
  readonly prefixes: readonly string[];
  /** Only these event types. All by default. */
  readonly types?: readonly string[];
  /** Ends the iteration, quietly. */
  readonly signal: AbortSignal;
  /** At most so many events a batch, 500 by default. */
  readonly batchSize?: number;
}

export interface SubscriptionBatch {
  /** In the order of the store; empty when only the position moved on. */
  readonly events: readonly StoredEvent[];
  /** Everything up to here has been given; store it with the effect and go on after it. */
  readonly position: Position;
  /** Nothing more was stored when this batch was read. */
  readonly caughtUp: boolean;
}

/**
 * Streams of facts, each with its own revisions, in one total order.
 * Durable before it answers; an append is atomic.
 */
export abstract class EventStore {
  /**
   * Appends after revision `expected` (`NO_STREAM` for a new stream). The same ids at the same place are a
   * repeat: nothing is written, and the first answer comes again.
   * @throws ConcurrencyConflict  something else stands behind `expected`, or the head is before it
   * @throws AppendOutcomeUnknown the answer was lost: repeat it word for word
   * @throws AppendTooLarge       more than {@link MAX_APPEND_BYTES}
   * @throws Unavailable          surely not written
   */
  abstract append(
    stream: string,
    expected: Revision,
    events: readonly NewEvent[],
  ): Promise<Appended>;

  /** The events of one stream in order; none where there is no such stream. @throws Unavailable */
  abstract read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]>;

  /** The last event of a stream, or undefined. @throws Unavailable */
  abstract last(stream: string): Promise<StoredEvent | undefined>;

  /** The place of the newest event of the store, undefined while it is empty. @throws Unavailable */
  abstract head(): Promise<Position | undefined>;

  /**
   * What was stored, then what is being stored, in batches, until `signal` aborts. Takes the next batch only when
   * asked, so a slow reader slows nobody else. Survives the store's absence by itself.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch>;
}
