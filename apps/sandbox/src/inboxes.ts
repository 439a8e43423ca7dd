import type { Bot } from './bots.ts';

/** What a message holds beside its id, sender, chat and date. */
export type Content = Readonly<{ [field: string]: unknown }>;

/** A message as Telegram shows it. */
export type Message = Readonly<{ [field: string]: unknown }> & { readonly message_id: number };

interface Kept {
  readonly bot: Bot;
  readonly chat: number;
  readonly messageId: number;
  readonly date: number;
  readonly content: string;
}

const KEPT_MESSAGES = 20_000;
const SUPERGROUPS_BELOW = -1_000_000_000_000;

/** A chat in Telegram's shape: people have positive ids, groups negative ones. */
export const chatOf = (id: number) => {
  if (id > 0) return { id, type: 'private' };
  return { id, type: id < SUPERGROUPS_BELOW ? 'supergroup' : 'group', title: `Group ${-id}` };
};

const toJson = ({ bot, chat, messageId, date, content }: Kept): string =>
  `{"message_id":${messageId},"from":${JSON.stringify(bot.user)},"chat":${JSON.stringify(chatOf(chat))},"date":${date},${content.slice(1)}`;

/** What the chats got: the newest 20,000 messages of all bots together, so that memory stays flat. */
export class Inboxes {
  #ring: Kept[] = [];
  #next = 0;

  /** Stores a message, or several as one album, and returns the result in Telegram's shape as JSON. */
  put(
    bot: Bot,
    chat: number,
    contents: readonly Content[],
  ): { readonly messageId: number; readonly json: string } {
    const first = bot.takeMessageIds(contents.length);
    const date = Math.floor(Date.now() / 1000);
    const album = contents.length > 1 ? { media_group_id: `${bot.id}${first}` } : {};
    const messages = contents.map((content, index) => {
      const kept = {
        bot,
        chat,
        messageId: first + index,
        date,
        content: JSON.stringify(contents.length > 1 ? { ...content, ...album } : content),
      };
      this.#keep(kept);
      return toJson(kept);
    });
    return {
      messageId: first,
      json: contents.length > 1 ? `[${messages.join(',')}]` : (messages[0] ?? ''),
    };
  }

  /** The messages of one chat, oldest first. */
  messages(bot: Bot, chat: number): readonly Message[] {
    return this.#inOrder()
      .filter((kept) => kept.bot === bot && kept.chat === chat)
      .map((kept) => JSON.parse(toJson(kept)) as Message);
  }

  /** One message; `undefined` when it never was or is too old to be kept. */
  message(bot: Bot, chat: number, messageId: number): Message | undefined {
    const kept = this.#ring.find(
      (each) => each.messageId === messageId && each.chat === chat && each.bot === bot,
    );
    return kept === undefined ? undefined : (JSON.parse(toJson(kept)) as Message);
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
  }

  #keep(kept: Kept): void {
    this.#ring[this.#next] = kept;
    this.#next = (this.#next + 1) % KEPT_MESSAGES;
  }

  #inOrder(): readonly Kept[] {
    return this.#ring.length < KEPT_MESSAGES
      ? this.#ring
      : [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }
}
