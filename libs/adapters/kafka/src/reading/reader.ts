import type { Clock, Log } from '@crier/kernel';
import { described } from '../errors.ts';
import type { Link, OpenLink } from '../link/link.ts';
import { pauseMs, within } from '../signal.ts';
import type { Source } from './source.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** How long a broker with nothing new holds its answer. */
const LONG_POLL_MS = 250;
/** The same while a partition is full: it shall go on as soon as there is room. */
const SHORT_POLL_MS = 20;
const CLOSING_MS = 1_000;
const PARTITION_BYTES = 1024 * 1024;
const FETCH_BYTES = 10 * 1024 * 1024;

const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/** Reads partitions, each from its source's own position; goes on, for ever, after whatever goes wrong. */
export class Reader {
  readonly #open: OpenLink;
  readonly #topics: readonly string[];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sources = new Map<string, Source>();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #changed = new AbortController();
  #link: Link | undefined;

  /** `topics`: all that it will ever read. */
  constructor(open: OpenLink, topics: readonly string[], clock: Clock, log: Log) {
    this.#open = open;
    this.#topics = topics;
    this.#clock = clock;
    this.#log = log;
    this.#running = this.#run();
  }

  /** Reads this source from now on, instead of another one of the same partition. */
  add(source: Source): void {
    this.#sources.set(placeOf(source.topic, source.partition), source);
    this.look();
  }

  remove(source: Source): void {
    const place = placeOf(source.topic, source.partition);
    if (this.#sources.get(place) === source) this.#sources.delete(place);
  }

  /** Looks at once at which sources want more. */
  look(): void {
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.look();
    this.#link?.dispose();
    await within(this.#running, CLOSING_MS, this.#clock); // longer only while a silent broker is called
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        const link = (this.#link = await this.#open());
        const leaders = await this.#leadersOf(link);
        failures = 0;
        await this.#readAll(link, leaders);
      } catch (error) {
        failures += 1;
        this.#log.debug('reading interrupted', { failures, reason: described(error) });
        const pause = pauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        await this.#clock.sleep(pause, this.#stopping.signal);
      } finally {
        this.#link?.dispose();
        this.#link = undefined;
      }
    }
  }

  async #leadersOf(link: Link): Promise<ReadonlyMap<string, number>> {
    const leaders = new Map<string, number>();
    for (const topic of this.#topics)
      (await link.leaders(topic)).forEach((node, at) => leaders.set(placeOf(topic, at), node));
    return leaders;
  }

  /** Reads from all leaders side by side until one fails: then all are looked up anew. */
  async #readAll(link: Link, leaders: ReadonlyMap<string, number>): Promise<void> {
    const over = new AbortController();
    const nodes = [...new Set(leaders.values())].filter((node) => node >= 0);
    const reading = nodes.map(async (node) => {
      while (!over.signal.aborted && !this.#stopping.signal.aborted)
        await this.#readFrom(link, node, leaders);
    });
    const orphans = [...leaders.values()].some((node) => node < 0);
    try {
      if (orphans) await this.#clock.sleep(LONGEST_PAUSE_MS, this.#stopping.signal);
      else await Promise.all(reading);
    } finally {
      over.abort();
      link.dispose();
      await Promise.allSettled(reading);
    }
  }

  async #readFrom(link: Link, node: number, leaders: ReadonlyMap<string, number>): Promise<void> {
    const led = [...this.#sources].filter(([place]) => leaders.get(place) === node);
    const wanting = led.map(([, source]) => source).filter(({ hungry }) => hungry);
    if (wanting.length === 0) {
      await this.#clock.sleep(LONG_POLL_MS, this.#changed.signal);
      return;
    }
    const full = wanting.length < led.length;
    try {
      await this.#fetch(link, node, wanting, full ? SHORT_POLL_MS : LONG_POLL_MS);
    } catch (error) {
      if (!(await this.#recovered(link, error))) throw error;
    }
  }

  async #fetch(
    link: Link,
    node: number,
    wanting: readonly Source[],
    maxWaitTime: number,
  ): Promise<void> {
    const asked = new Map(wanting.map((source) => [source, source.position]));
    const broker = await link.broker(node);
    const { responses } = await broker.fetch({
      maxWaitTime,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      topics: wanting.map(({ topic, partition, position }) => ({
        topic,
        partitions: [
          { partition, fetchOffset: position.toString(), maxBytes: PARTITION_BYTES },
        ] as const,
      })),
    });
    for (const { topicName, partitions } of responses)
      for (const { partition, messages } of partitions) {
        const source = this.#sources.get(placeOf(topicName, partition));
        if (source && messages.length > 0 && asked.get(source) === source.position)
          source.accept(messages);
      }
  }

  /** What a source wanted to read next may be gone: too old, or lost by the cluster. It goes on with the oldest there is. */
  async #recovered(link: Link, error: unknown): Promise<boolean> {
    const { name, topic, partition } = error as {
      readonly name?: string;
      readonly topic?: string;
      readonly partition?: number;
    };
    if (name !== 'KafkaJSOffsetOutOfRange' || topic === undefined || partition === undefined)
      return false;
    const source = this.#sources.get(placeOf(topic, partition));
    const earliest = await link.earliest(topic, partition);
    const position = String(source?.position);
    this.#log.warn('messages are gone', { topic, partition, position, earliest: String(earliest) });
    source?.moveTo(earliest);
    return true;
  }
}
