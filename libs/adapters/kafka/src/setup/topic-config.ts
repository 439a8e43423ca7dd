/** A topic as the setup step makes it. */
export interface TopicSpec {
  readonly name: string;
  /** Fixed for ever: keys would change their places. */
  readonly partitions: number;
  /** A table: Kafka keeps the newest value of every key. */
  readonly compacted: boolean;
  /** How long a log keeps its messages; a week by default. */
  readonly retentionMs?: number;
  readonly replicationFactor: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Above the largest message: a draft's content is at most 900 kB. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const SAFE_REPLICATION = 3;

/** Tables are compacted early and often, because they are read to their end at every assignment. */
const TABLE = {
  'cleanup.policy': 'compact',
  'min.cleanable.dirty.ratio': '0.1',
  'segment.ms': String(HOUR_MS),
  'segment.bytes': String(16 * 1024 * 1024),
  'delete.retention.ms': String(HOUR_MS),
};

/** Kafka's own settings of a topic. With three replicas and more, a message is stored when two have it. */
export const configOf = (
  spec: Omit<TopicSpec, 'name' | 'partitions'>,
): Readonly<Record<string, string>> => ({
  'max.message.bytes': String(MAX_MESSAGE_BYTES),
  ...(spec.replicationFactor >= SAFE_REPLICATION ? { 'min.insync.replicas': '2' } : {}),
  ...(spec.compacted
    ? TABLE
    : { 'cleanup.policy': 'delete', 'retention.ms': String(spec.retentionMs ?? WEEK_MS) }),
});
