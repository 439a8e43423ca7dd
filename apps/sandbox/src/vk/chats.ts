import type { Bot } from '../bots.ts';
import { NewestMessages } from '../newest-messages.ts';
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

const shown = ({ messageId, conversationMessageId, date, content }: Kept): ChatMessage => ({
  message_id: messageId,
  conversation_message_id: conversationMessageId,
  date,
  ...(JSON.parse(content) as object),
});

/** What the chats got. */
export class Chats extends NewestMessages<Kept, ChatMessage> {
  constructor() {
    super(shown);
  }
}
