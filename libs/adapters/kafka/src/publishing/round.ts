import type { ProducedRecord } from '../link/protocol.ts';

/** A message in its place, ready to be sent. */
export interface Placed {
  readonly topic: string;
  readonly partition: number;
  readonly record: ProducedRecord;
  /** In bytes, roughly. */
  readonly weight: number;
}

/** Messages of one partition that travel, and are stored, together. */
export interface Parcel {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly ProducedRecord[];
}

/** Messages that travel together and succeed or fail together. A repetition has the very same parcels. */
export type Round = readonly Parcel[];

/** What one round may weigh: a broker refuses parcels of more than a megabyte unless told otherwise. */
export const ROUND_BYTES = 900_000;
const ROUND_MESSAGES = 5_000;

/** How many of the messages, from the first on, fit into one round: at least one. */
export const fitting = (waiting: readonly Placed[]): number => {
  let bytes = 0;
  for (let count = 0; count < waiting.length; count += 1) {
    bytes += waiting[count]?.weight ?? 0;
    if (count > 0 && (bytes > ROUND_BYTES || count >= ROUND_MESSAGES)) return count;
  }
  return waiting.length;
};

/** Puts messages together by partition, each partition's in their order. */
export const roundOf = (messages: readonly Placed[]): Round => {
  const parcels = new Map<string, Parcel & { readonly messages: ProducedRecord[] }>();
  for (const { topic, partition, record } of messages) {
    const place = `${topic}/${partition}`;
    const parcel = parcels.get(place);
    if (parcel) parcel.messages.push(record);
    else parcels.set(place, { topic, partition, messages: [record] });
  }
  return [...parcels.values()];
};
