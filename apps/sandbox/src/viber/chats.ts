import type { Bot } from '../bots.ts';
import { NewestMessages } from '../newest-messages.ts';

/** A message as a chat got it: what was sent, without the receivers, under its token. */
export type ChatMessage = Readonly<{ [field: string]: unknown }> & {
  readonly message_token: string;
  readonly date: number;
};

/** A message to be kept. */
export interface Kept {
  readonly bot: Bot;
  readonly chat: number;
  readonly token: string;
  /** In milliseconds since 1970. */
  readonly date: number;
  /** A JSON object. */
  readonly content: string;
}

const shown = ({ token, date, content }: Kept): ChatMessage => ({
  message_token: token,
  date,
  ...(JSON.parse(content) as object),
});

/** What the chats got. */
export class Chats extends NewestMessages<Kept, ChatMessage> {
  constructor() {
    super(shown);
  }
}
