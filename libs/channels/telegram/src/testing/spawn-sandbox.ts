import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly message_id: number;
  readonly photo?: readonly { readonly file_id: string }[];
  readonly document?: { readonly file_id: string };
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = () => spawnFor<SeenMessage>('telegram');
