import type { IncomingMessage, Log } from '@crier/kernel';
import type { Link } from '../link/link.ts';
import type { FetchedPartition, FetchedRecord } from '../link/protocol.ts';
import { incomingMessages } from '../wire/incoming.ts';

/** A partition of a table as it stood when its reading began, or a little later. */
export interface TablePartition {
  /** The newest value of every key, in the order of their offsets. */
  readonly entries: readonly IncomingMessage[];
  /** Everything before this offset is in them. */
  readonly next: bigint;
}

const PARTITION_BYTES = 4 * 1024 * 1024;

/** Reads a partition of a table from its beginning to its end. Rejects with what the client says. */
export const readTable = async (
  link: Link,
  place: { readonly topic: string; readonly partition: number },
  log: Log,
): Promise<TablePartition> => {
  const end = await link.end(place.topic, place.partition);
  const newest = new Map<string, FetchedRecord>();
  let next = await link.earliest(place.topic, place.partition);
  while (next < end) {
    const fetched = await fetchFrom(link, place, next);
    const last = fetched?.messages.at(-1);
    if (!last) break; // what stood there until the end was compacted away
    for (const record of fetched?.messages ?? []) keep(newest, record);
    next = BigInt(last.offset) + 1n;
  }
  const records = [...newest.values()].filter(({ value }) => value !== null);
  const entries = [...incomingMessages(place, records, log)];
  entries.sort((one, other) => (BigInt(one.offset) < BigInt(other.offset) ? -1 : 1));
  return { entries, next: next < end ? end : next };
};

const keep = (newest: Map<string, FetchedRecord>, record: FetchedRecord): void => {
  if (record.isControlRecord !== true) newest.set(record.key?.toString('utf8') ?? '', record);
};

const fetchFrom = async (
  link: Link,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  from: bigint,
): Promise<FetchedPartition | undefined> => {
  const broker = await link.leader(topic, partition);
  const wanted = { partition, fetchOffset: from.toString(), maxBytes: PARTITION_BYTES };
  const { responses } = await link.fetch(broker, {
    maxWaitTime: 0,
    minBytes: 0,
    maxBytes: PARTITION_BYTES,
    topics: [{ topic, partitions: [wanted] }],
  });
  return responses[0]?.partitions[0];
};
