import type { Bot } from '../bots.ts';

/** A message under the key it was sent with. */
export interface Known {
  readonly messageId: number;
  /** Its number in the dialog. */
  readonly conversationMessageId: number;
}

interface Remembered extends Known {
  readonly at: number;
}

const RECOGNISED_MS = 60 * 60 * 1000;
const RECOGNISED_MESSAGES = 100;
const MOST_REMEMBERED = 1_000_000;

/** Everybody's dialogs with the communities: how many messages they have, and which keys were used lately. */
export class Dialogs {
  readonly #lengths = new Map<Bot, Map<number, number>>();
  readonly #keys = new Map<string, Remembered>();

  /** Adds a message to a dialog and returns its number there, from 1. */
  add(bot: Bot, peer: number): number {
    const lengths = this.#lengths.get(bot) ?? new Map<number, number>();
    this.#lengths.set(bot, lengths);
    const length = (lengths.get(peer) ?? 0) + 1;
    lengths.set(peer, length);
    return length;
  }

  /** The message of this key, if it is of the last hour and among the last hundred of its dialog; 0 is no key. */
  find(bot: Bot, peer: number, { key, at }: { key: number; at: number }): Known | undefined {
    const known = key === 0 ? undefined : this.#keys.get(`${bot.number}:${peer}:${key}`);
    if (known === undefined || at - known.at >= RECOGNISED_MS) return undefined;
    const length = this.#lengths.get(bot)?.get(peer) ?? 0;
    return length - known.conversationMessageId < RECOGNISED_MESSAGES ? known : undefined;
  }

  remember(bot: Bot, peer: number, { key, at, ...known }: Remembered & { key: number }): void {
    if (key === 0) return;
    const name = `${bot.number}:${peer}:${key}`;
    this.#keys.delete(name);
    this.#keys.set(name, { at, ...known });
    this.#forget(at);
  }

  clear(): void {
    this.#lengths.clear();
    this.#keys.clear();
  }

  /** Lets the oldest go, once they are too old or too many. */
  #forget(now: number): void {
    for (const [name, { at }] of this.#keys) {
      if (now - at < RECOGNISED_MS && this.#keys.size <= MOST_REMEMBERED) return;
      this.#keys.delete(name);
    }
  }
}
