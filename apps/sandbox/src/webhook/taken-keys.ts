import type { Bot } from '../bots.ts';

const REMEMBERED_MS = 60 * 60 * 1000;
const MOST_REMEMBERED = 1_000_000;

interface Taken {
  /** Of the message. */
  readonly number: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

const nameOf = ({ number }: Bot, key: string): string => `${number}:${key}`;

/** The keys of messages that were taken in the last hour, a million at most: what comes under one of them is a repeat. */
export class TakenKeys {
  readonly #taken = new Map<string, Taken>();

  /** The number of the message that was taken under this key. */
  find(bot: Bot, key: string): number | undefined {
    return this.#taken.get(nameOf(bot, key))?.number;
  }

  remember(bot: Bot, key: string, taken: Taken): void {
    this.#taken.set(nameOf(bot, key), taken);
    for (const [name, { at }] of this.#taken) {
      if (taken.at - at < REMEMBERED_MS && this.#taken.size <= MOST_REMEMBERED) return;
      this.#taken.delete(name);
    }
  }

  clear(): void {
    this.#taken.clear();
  }
}
