import { Bell } from '../bell.ts';

/** One bell a partition, so that a message wakes only those who read where it lies. */
export class PartitionBells {
  readonly #bells = new Map<string, Bell>();

  of(topic: string, partition: number): Bell {
    const name = nameOf(topic, partition);
    const known = this.#bells.get(name);
    if (known) return known;
    const bell = new Bell();
    this.#bells.set(name, bell);
    return bell;
  }

  /** Rings once for each place where a message was stored. */
  ring(messages: readonly { readonly topic: string; readonly partition: number }[]): void {
    const names = new Set(messages.map(({ topic, partition }) => nameOf(topic, partition)));
    for (const name of names) this.#bells.get(name)?.ring();
  }
}

const nameOf = (topic: string, partition: number): string => `${partition} ${topic}`;
