/** The header that holds the step of a trace which a message follows from (W3C `traceparent`). */
export const TRACE_HEADER = 'traceparent';

/** The headers of a message that follows from what was traced; none where it was not. */
export const tracedBy = ({
  trace,
}: {
  readonly trace?: string;
}): Pick<OutgoingMessage, 'headers'> =>
  trace === undefined ? {} : { headers: { [TRACE_HEADER]: trace } };

export interface OutgoingMessage {
  readonly topic: string;
  /** What a table topic keeps the newest value of. Messages with one key keep their order. */
  readonly key: string;
  /** Decides the partition; the key does where it is absent. One key must always come with the same one. */
  readonly partitionBy?: string;
  /** JSON-safe. `null` in a table topic removes the key. */
  readonly value: unknown;
  /** What travels beside the value: the context of a trace ({@link tracedBy}). A bus inside one process may drop it. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface IncomingMessage extends OutgoingMessage {
  readonly partition: number;
  /** Rises within a partition; compare numerically. */
  readonly offset: string;
}

export interface Subscription {
  /** Takes no further message; resolves when the handler at work has ended. */
  close(): Promise<void>;
}

/** Messages of one partition, in order. They are acknowledged when the promise resolves, and come again when it rejects. */
export type BatchHandler = (messages: readonly IncomingMessage[]) => Promise<void>;

export interface LogOptions {
  readonly topic: string;
  /** Members of a group share the partitions; what one acknowledged comes to nobody of the group again. */
  readonly group: string;
  readonly onBatch: BatchHandler;
}

export interface TailOptions {
  readonly topic: string;
  readonly onBatch: BatchHandler;
}

/** Partitions of co-partitioned topics, held by one member at a time. */
export interface OwnershipOptions {
  /** Members of a group share the partitions. */
  readonly group: string;
  /** A table topic: its newest values are given at assignment, before anything else. */
  readonly table: string;
  /** Log topics with the same partitioning; consumed only for partitions held. */
  readonly logs: Readonly<Record<string, BatchHandler>>;
  /** A partition is held now. `entries`: the table's newest values, read to the end. Rejecting gives it back. */
  readonly onAssigned: (partition: number, entries: readonly IncomingMessage[]) => Promise<void>;
  /** A later change of the table in a partition that is held. */
  readonly onChange: BatchHandler;
  /** The partition is no longer held; others may hold it already. */
  readonly onRevoked: (partition: number) => Promise<void>;
}

/**
 * Orders and news between the apps: log topics (read by groups with committed offsets) and table topics (compacted,
 * re-read to the end). Never the only copy of a fact. At least once; ordered per key.
 */
export abstract class MessageBus {
  /** Durable when it resolves. @throws Unavailable  none or some of them may have been stored */
  abstract publish(messages: readonly OutgoingMessage[]): Promise<void>;

  /** Reads a log with a group, from where it left off, or from the beginning. */
  abstract consume(options: LogOptions): Promise<Subscription>;

  /** Reads a log from its end in a group of one's own: everything published after this resolves. */
  abstract tail(options: TailOptions): Promise<Subscription>;

  /** Shares the partitions of a table and its logs among the group's members. */
  abstract own(options: OwnershipOptions): Promise<Subscription>;

  /** The newest value of every key of a table topic. */
  abstract snapshot(topic: string): Promise<readonly IncomingMessage[]>;
}
