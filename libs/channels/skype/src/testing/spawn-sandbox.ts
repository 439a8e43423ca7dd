import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a conversation. */
export interface SeenMessage {
  readonly id: string;
  readonly text?: string;
  readonly from: { readonly id: string };
  readonly recipient?: { readonly id: string };
  readonly attachmentLayout?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content?: { readonly buttons?: readonly object[] };
  }[];
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const sandbox = await spawnFor<SeenMessage>('skype');
  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/skype`,
    loginUrl: `${sandbox.url}/skype/login`,
    openIdUrl: `${sandbox.url}/skype/v1/.well-known/openidconfiguration`,
  };
};
