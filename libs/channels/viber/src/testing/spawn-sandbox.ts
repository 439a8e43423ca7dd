import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly message_token: string;
  readonly type: string;
  readonly text?: string;
  readonly media?: string;
  readonly size?: number;
  readonly file_name?: string;
  readonly sender: { readonly name: string };
  readonly keyboard?: { readonly Buttons: readonly object[] };
  readonly rich_media?: { readonly Buttons: readonly object[] };
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const sandbox = await spawnFor<SeenMessage>('viber');
  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/viber`,
    record: () => sandbox.record<{ readonly method: string }>(),
  };
};
