import type { Bot } from './bots.ts';
import type { Params } from './telegram-methods/method.ts';

/** A message as a conversation got it. */
export type Message = Params & { readonly id: string };

/** A message to be kept. */
export interface Kept {
  readonly bot: Bot;
  /** Number of the conversation. */
  readonly chat: number;
  readonly id: string;
  /** A JSON object. */
  readonly content: string;
}

const KEPT_MESSAGES = 20_000;

/** What the conversations got: the newest 20,000 messages of all bots together, so that memory stays flat. */
export class Conversations {
  #ring: Kept[] = [];
  #next = 0;

  put(kept: Kept): void {
    this.#ring[this.#next] = kept;
    this.#next = (this.#next + 1) % KEPT_MESSAGES;
  }

  /** The messages of one conversation, oldest first. */
  messages(bot: Bot, chat: number): readonly Message[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
      .filter((kept) => kept.bot === bot && kept.chat === chat)
      .map(({ id, content }) => ({ ...(JSON.parse(content) as Params), id }));
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
  }
}
