import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../../apps/sandbox/src/main.ts', import.meta.url));

/** What tests read of a message in a chat. */
export interface SeenMessage {
  readonly message_id: number;
  readonly message?: string;
  readonly attachment?: string;
  readonly keyboard?: string;
  readonly template?: string;
}

/** What tests read of the record. */
export interface SeenSend {
  readonly chat: number;
  readonly accepted: boolean;
  readonly at: number;
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

  const answer = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/sandbox/vk/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    (await answer(method, path, body)).json();
  const messages = async (token: string, chat: string): Promise<readonly SeenMessage[]> => {
    const seen = await admin('GET', `bots/${token}/chats/${chat}`);
    return (seen as { readonly messages: readonly SeenMessage[] }).messages;
  };
  const record = async (): Promise<readonly SeenSend[]> =>
    (await (await answer('GET', 'record')).text())
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => JSON.parse(each) as SeenSend);
  const close = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  return { url, apiUrl: `${url}/vk`, admin, messages, record, close };
};
