import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../../apps/sandbox/src/main.ts', import.meta.url));

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly mid: string;
  readonly text?: string;
  readonly metadata: string;
  readonly attachment?: {
    readonly type: string;
    readonly payload: Readonly<Record<string, unknown>>;
  };
}

/** What tests read of the sandbox's counts. */
export interface SeenCounts {
  readonly requests: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly distinctChats: number;
  readonly otherCalls: Readonly<Record<string, number>>;
}

/** The sandbox in a process of its own, with a word for its admin API. */
export const spawnSandbox = async () => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '-C', '@crier/source', MAIN],
    { env: { CRIER_SANDBOX_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';

  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/sandbox/facebook/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const messages = async (token: string, chat: string): Promise<readonly SeenMessage[]> => {
    const seen = await admin('GET', `bots/${token}/chats/${chat}`);
    return (seen as { readonly messages: readonly SeenMessage[] }).messages;
  };
  const counts = async (): Promise<SeenCounts> => (await admin('GET', 'counts')) as SeenCounts;
  const close = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  return { apiUrl: `${url}/facebook`, admin, messages, counts, close };
};
