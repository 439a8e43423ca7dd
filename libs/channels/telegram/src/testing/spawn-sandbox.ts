import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly message_id: number;
  readonly text?: string;
  readonly caption?: string;
  readonly entities?: readonly object[];
  readonly caption_entities?: readonly object[];
  readonly media_group_id?: string;
  readonly photo?: readonly { readonly file_id: string }[];
  readonly document?: { readonly file_id: string; readonly file_name?: string };
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly object[])[] };
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = () => spawnFor<SeenMessage>('telegram');
