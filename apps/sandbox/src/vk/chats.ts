import type { Bot } from '../bots.ts';
import type { Params } from '../telegram-methods/method.ts';

/** A message as a chat got it: what was sent, without its recipients. */
export type ChatMessage = Params & {
  readonly message_id: number;
  readonly conversation_message_id: number;
  /** In seconds. */
  readonly date: number;
};

/** A message to be kept. */
export interface Kept {
  readonly bot: Bot;
  readonly chat: number;
  readonly messageId: number;
  readonly conversationMessageId: number;
  readonly date: number;
  /** A JSON object. */
  readonly content: string;
}

const KEPT_MESSAGES = 20_000;

const shown = ({ messageId, conversationMessageId, date, content }: Kept): ChatMessage => ({
  message_id: messageId,
  conversation_message_id: conversationMessageId,
  date,
  ...(JSON.parse(content) as object),
});

/** What the chats got: the newest 20,000 messages of all bots together, so that memory stays flat. */
export class Chats {
  #ring: Kept[] = [];
  #next = 0;

  put(kept: Kept): void {
    this.#ring[this.#next] = kept;
    this.#next = (this.#next + 1) % KEPT_MESSAGES;
  }

  /** The messages of one chat, oldest first. */
  messages(bot: Bot, chat: number): readonly ChatMessage[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
      .filter((kept) => kept.bot === bot && kept.chat === chat)
      .map(shown);
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
  }
}
