import type { BatchHandler, Clock, IncomingMessage, Log } from '@crier/kernel';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessageReader } from './message-reader.ts';
import type { PartitionBells } from './partition-bells.ts';

/** What all reading of one bus shares. */
export interface Reading {
  readonly reader: MessageReader;
  readonly bells: PartitionBells;
  readonly clock: Clock;
  readonly log: Log;
  /** Stores how far a group has dealt with a partition. @throws Unavailable */
  readonly acknowledge: (
    group: string,
    topic: string,
    partition: number,
    next: number,
  ) => Promise<void>;
}

/** One partition given to one handler. */
export interface Feed {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly onBatch: BatchHandler;
  /** Acknowledged for this group; for nobody when absent. */
  readonly group?: string;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** How long to wait after so many failures in a row. */
export const pauseMs = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);

/** Gives a partition's messages in order until `signal` aborts; what a handler rejects, it gets again after a pause. */
export const feed = async (reading: Reading, to: Feed, signal: AbortSignal): Promise<void> => {
  const { reader, bells, clock, log } = reading;
  const bell = bells.of(to.topic, to.partition);
  let from = to.from;
  let failures = 0;
  while (!signal.aborted) {
    const { rings } = bell;
    try {
      const messages = reader.batch(to.topic, to.partition, from);
      from = await given(reading, to, messages, from);
      failures = 0;
      if (messages.length === 0) await bell.after(rings, signal);
      else await nextTurn();
    } catch (error) {
      failures += 1;
      log.warn('messages will be given again', {
        topic: to.topic,
        partition: to.partition,
        failures,
        error,
      });
      await clock.sleep(pauseMs(failures), signal);
    }
  }
};

/** Handles, then acknowledges; resolves to where to go on. */
const given = async (
  reading: Reading,
  { topic, partition, group, onBatch }: Feed,
  messages: readonly IncomingMessage[],
  from: number,
): Promise<number> => {
  const last = messages.at(-1);
  if (!last) return from;
  await onBatch(messages);
  const next = Number(last.offset) + 1;
  if (group !== undefined) await reading.acknowledge(group, topic, partition, next);
  return next;
};
