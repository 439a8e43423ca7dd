import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly sender: { readonly name: string };
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
