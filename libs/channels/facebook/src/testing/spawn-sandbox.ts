import { spawnSandbox as spawnFor } from '@crier/connector/testing';

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly mid: string;
}

/** What tests read of the sandbox's counts. */
export interface SeenCounts {
  readonly otherCalls: Readonly<Record<string, number>>;
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const sandbox = await spawnFor<SeenMessage>('facebook');
  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/facebook`,
    counts: async () => (await sandbox.admin('GET', 'counts')) as SeenCounts,
  };
};
