import type { Bot } from './bots.ts';

interface Kept {
  readonly bot: Bot;
  /** Number of the chat, or of the conversation. */
  readonly chat: number;
}

const KEPT_MESSAGES = 20_000;

/** What the chats of a messenger got: the newest 20,000 messages of all bots together, so that memory stays flat. */
export class NewestMessages<Message extends Kept, Shown> {
  readonly #shown: (message: Message) => Shown;
  #ring: Message[] = [];
  #next = 0;

  /** `shown`: a message as its chat shows it. */
  constructor(shown: (message: Message) => Shown) {
    this.#shown = shown;
  }

  put(message: Message): void {
    this.#ring[this.#next] = message;
    this.#next = (this.#next + 1) % KEPT_MESSAGES;
  }

  /** The messages of one chat, oldest first. */
  messages(bot: Bot, chat: number): readonly Shown[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
      .filter((kept) => kept.bot === bot && kept.chat === chat)
      .map(this.#shown);
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
  }
}
