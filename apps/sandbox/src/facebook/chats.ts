import type { Bot } from '../bots.ts';
import { NewestMessages } from '../newest-messages.ts';

/** A message as a chat got it: what was sent, under its id. */
export type ChatMessage = Readonly<{ [field: string]: unknown }> & {
  readonly mid: string;
  readonly date: number;
};

/** A message to be kept. */
export interface Kept {
  readonly bot: Bot;
  readonly chat: number;
  readonly mid: string;
  /** In milliseconds since 1970. */
  readonly date: number;
  /** A JSON object. */
  readonly content: string;
}

const shown = ({ mid, date, content }: Kept): ChatMessage => ({
  mid,
  date,
  ...(JSON.parse(content) as object),
});

/** What the chats got. */
export class Chats extends NewestMessages<Kept, ChatMessage> {
  constructor() {
    super(shown);
  }
}
