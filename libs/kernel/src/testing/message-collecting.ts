import type { BatchHandler, IncomingMessage, OutgoingMessage } from '../message-bus.ts';

/** Gathers what a handler is given, and what of it is new: repeats are everybody's right. */
export class Collected {
  readonly all: IncomingMessage[] = [];
  readonly #seen = new Set<string>();
  readonly #fresh: IncomingMessage[] = [];

  readonly onBatch: BatchHandler = (messages) => {
    for (const message of messages) this.#take(message);
    return Promise.resolve();
  };

  /** How many different values came. */
  get size(): number {
    return this.#fresh.length;
  }

  /** The different values of a key in the order of their first coming. */
  of(key: string): readonly OutgoingMessage['value'][] {
    return this.#fresh.filter((message) => message.key === key).map(({ value }) => value);
  }

  /** All different values, sorted as text. */
  values(): readonly string[] {
    return this.#fresh.map(({ value }) => JSON.stringify(value)).sort();
  }

  #take(message: IncomingMessage): void {
    this.all.push(message);
    const name = JSON.stringify([message.topic, message.key, message.value]);
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    this.#fresh.push(message);
  }
}
