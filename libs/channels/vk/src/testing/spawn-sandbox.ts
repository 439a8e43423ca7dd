import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly message?: string;
}

/** What tests read of the record. */
export interface SeenSend {
  readonly chat: number;
  readonly accepted: boolean;
  readonly at: number;
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const sandbox = await spawnFor<SeenMessage>('vk');
  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/vk`,
    record: () => sandbox.record<SeenSend>(),
  };
};
