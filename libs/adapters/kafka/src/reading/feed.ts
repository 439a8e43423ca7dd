import type { BatchHandler, Clock, Log } from '@crier/kernel';
import type { FetchedRecord } from '../link/protocol.ts';
import { pauseMs, Signal } from '../signal.ts';
import { incomingMessages, weightOf } from '../wire/incoming.ts';
import type { Source } from './source.ts';

export interface FeedOptions {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly onBatch: BatchHandler;
  /** Whether the partition is, as far as can be known, still ours: nothing is given otherwise. */
  readonly trusted: () => boolean;
  /** Everything before this offset was dealt with. */
  readonly onDone: (next: bigint) => void;
  /** There is room for more again. */
  readonly onHungry: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 4_000_000;
const KEPT_BYTES = 1_000_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const LOOK_AGAIN_MS = 20;

/** Gives a partition's messages to a handler, in order; what it rejects, it gets again after a pause, before anything else. */
export class Feed implements Source {
  readonly topic: string;
  readonly partition: number;
  readonly #options: FeedOptions;
  readonly #stopping = new AbortController();
  readonly #arrival = new Signal();
  readonly #running: Promise<void>;
  #records: FetchedRecord[] = [];
  #bytes = 0;
  #position: bigint;

  constructor(options: FeedOptions) {
    this.topic = options.topic;
    this.partition = options.partition;
    this.#options = options;
    this.#position = options.from;
    this.#running = this.#run();
  }

  get position(): bigint {
    return this.#position;
  }

  get hungry(): boolean {
    return this.#bytes < KEPT_BYTES && !this.#stopping.signal.aborted;
  }

  accept(records: readonly FetchedRecord[]): void {
    for (const record of records) {
      const offset = BigInt(record.offset);
      if (offset < this.#position) continue; // a parcel is fetched as a whole, from its first message on
      this.#position = offset + 1n;
      if (record.isControlRecord === true) continue;
      this.#records.push(record);
      this.#bytes += weightOf(record);
    }
    this.#arrival.ring();
  }

  moveTo(offset: bigint): void {
    this.#position = offset;
  }

  /** Gives nothing more; resolves when the handler at work has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#arrival.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const records = this.#take();
      const last = records.at(-1);
      if (!last) await this.#arrival.wait();
      else if (await this.#given(records)) this.#options.onDone(BigInt(last.offset) + 1n);
    }
  }

  #take(): readonly FetchedRecord[] {
    let count = 0;
    let bytes = 0;
    for (const record of this.#records) {
      if (count === MAX_BATCH || bytes >= MAX_BATCH_BYTES) break;
      count += 1;
      bytes += weightOf(record);
    }
    const full = this.#bytes >= KEPT_BYTES;
    const taken = this.#records.slice(0, count);
    this.#records = this.#records.slice(count);
    this.#bytes -= bytes;
    if (full && this.#bytes < KEPT_BYTES) this.#options.onHungry();
    return taken;
  }

  /** Resolves to false when it was stopped before the handler had agreed. */
  async #given(records: readonly FetchedRecord[]): Promise<boolean> {
    const { onBatch, clock, log } = this.#options;
    const messages = incomingMessages(this, records, log);
    if (messages.length === 0) return true;
    for (let failures = 1; await this.#mayGive(); failures += 1)
      try {
        await onBatch(messages);
        return true;
      } catch (error) {
        const { topic, partition } = this;
        log.warn('messages will be given again', { topic, partition, failures, error });
        const pause = pauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        await clock.sleep(pause, this.#stopping.signal);
      }
    return false;
  }

  async #mayGive(): Promise<boolean> {
    const { signal } = this.#stopping;
    const { clock, trusted } = this.#options;
    while (!signal.aborted && !trusted()) await clock.sleep(LOOK_AGAIN_MS, signal);
    return !signal.aborted;
  }
}
