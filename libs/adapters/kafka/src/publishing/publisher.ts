import { Unavailable, type Clock, type OutgoingMessage } from '@crier/kernel';
import type { Topics } from '../setup/topics.ts';
import { partitionOf } from '../wire/murmur2.ts';
import { fitting, roundOf, type Placed } from './round.ts';
import type { Sender } from './sender.ts';

interface Publication {
  readonly deadlineMs: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  failed: boolean;
}

interface Waiting extends Placed {
  readonly publication: Publication;
  readonly isLast: boolean;
}

export interface PublishingParts {
  readonly sender: Sender;
  readonly topics: Topics;
  readonly tables: (topic: string) => boolean;
  readonly clock: Clock;
}

/** How long a publication is tried. */
const PATIENCE_MS = 10_000;
/** What a record costs beside its texts. */
const OVERHEAD_BYTES = 70;

/** Publications in the order of their coming, one round at a time: what comes while one is under way shares the next. */
export class Publisher {
  readonly #parts: PublishingParts;
  #waiting: Waiting[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #sending: Promise<void> | undefined;
  #closed = false;

  constructor(parts: PublishingParts) {
    this.#parts = parts;
  }

  /** @throws Unavailable  none or some may be stored @throws UnknownTopic @throws MessageTooLarge */
  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.#closed) throw new Unavailable('The message bus is closed');
    if (messages.length === 0) return;
    const placing = this.#place(messages);
    const entering = Promise.all([placing, this.#turn]).then(([placed]) => ({
      stored: this.#enqueue(placed),
    }));
    // Whoever came first is sent first, even while topics are looked up.
    this.#turn = Promise.allSettled([this.#turn, entering]);
    await (
      await entering
    ).stored;
  }

  /** Sends what was taken, then takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
    await this.#sending;
    this.#parts.sender.close();
  }

  async #place(messages: readonly OutgoingMessage[]): Promise<readonly Placed[]> {
    const names = [...new Set(messages.map(({ topic }) => topic))];
    const counts = await Promise.all(names.map((name) => this.#parts.topics.partitions(name)));
    const partitions = new Map(names.map((name, at) => [name, counts[at] ?? 1]));
    return messages.map((message) => this.#placed(message, partitions.get(message.topic) ?? 1));
  }

  #placed(message: OutgoingMessage, partitions: number): Placed {
    const { topic, key, partitionBy = key, headers = {} } = message;
    const removes = message.value === null && this.#parts.tables(topic);
    const value = removes ? null : JSON.stringify(message.value);
    const weight = OVERHEAD_BYTES + Buffer.byteLength(key) + Buffer.byteLength(value ?? '');
    const partition = partitionOf(partitionBy, partitions);
    return { topic, partition, weight, record: { key, value, headers } };
  }

  #enqueue(placed: readonly Placed[]): Promise<void> {
    const deadlineMs = this.#parts.clock.monotonicMs() + PATIENCE_MS;
    return new Promise((resolve, reject) => {
      const publication = { deadlineMs, resolve, reject, failed: false };
      placed.forEach((message, at) => {
        this.#waiting.push({ ...message, publication, isLast: at === placed.length - 1 });
      });
      this.#sending ??= this.#sendAll();
    });
  }

  async #sendAll(): Promise<void> {
    await Promise.resolve(); // what was published in the same turn travels together
    while (this.#waiting.length > 0) await this.#sendRound();
    this.#sending = undefined;
  }

  async #sendRound(): Promise<void> {
    const taken = this.#waiting.splice(0, fitting(this.#waiting));
    const deadlineMs = Math.min(...taken.map(({ publication }) => publication.deadlineMs));
    try {
      await this.#parts.sender.send(roundOf(taken), deadlineMs);
      for (const { publication, isLast } of taken) if (isLast) publication.resolve();
    } catch (error) {
      this.#fail(taken, error);
    }
  }

  /** Nothing more of a publication is sent once a part of it failed; nor what has waited too long meanwhile. */
  #fail(taken: readonly Waiting[], error: unknown): void {
    const now = this.#parts.clock.monotonicMs();
    const late = this.#waiting.filter(({ publication }) => publication.deadlineMs <= now);
    for (const { publication, topic } of [...taken, ...late]) {
      publication.failed = true;
      publication.reject(error);
      this.#parts.topics.forget(topic); // it may have been made anew meanwhile
    }
    this.#waiting = this.#waiting.filter(({ publication }) => !publication.failed);
  }
}
