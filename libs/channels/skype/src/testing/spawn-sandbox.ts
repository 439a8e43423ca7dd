import { spawnSandbox as spawnFor } from '@crier/connector/testing';
import { placesIn } from './skype-facts.ts';

/** What tests read of a message in a conversation. */
export interface SeenMessage {
  readonly id: string;
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const sandbox = await spawnFor<SeenMessage>('skype');
  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/skype`,
    ...placesIn(sandbox.url),
  };
};
