import type { Bot } from './bots.ts';
import { NewestMessages } from './newest-messages.ts';
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

const shown = ({ id, content }: Kept): Message => ({ ...(JSON.parse(content) as Params), id });

/** What the conversations got. */
export class Conversations extends NewestMessages<Kept, Message> {
  constructor() {
    super(shown);
  }
}
