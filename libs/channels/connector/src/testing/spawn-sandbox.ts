import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../../apps/sandbox/src/main.ts', import.meta.url));

/** The sandbox in a process of its own, with a word for the admin API of one channel. */
export interface SpawnedSandbox<Message> {
  /** Without a slash at its end. */
  readonly url: string;
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What a chat got, in order. */
  messages(token: string, chat: string | number): Promise<readonly Message[]>;
  /** Every request to send, line by line. */
  record<Entry>(): Promise<readonly Entry[]>;
  close(): Promise<void>;
}

/** Starts the sandbox; the caller closes it. */
export const spawnSandbox = async <Message>(channel: string): Promise<SpawnedSandbox<Message>> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '-C', '@crier/source', MAIN],
    { env: { CRIER_SANDBOX_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}/sandbox/${channel}/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    (await ask(method, path, body)).json();
  return {
    url,
    admin,
    messages: async (token, chat) => {
      const seen = await admin('GET', `bots/${token}/chats/${encodeURIComponent(chat)}`);
      return (seen as { readonly messages: readonly Message[] }).messages;
    },
    record: async <Entry>() => {
      const lines = (await (await ask('GET', 'record')).text()).split('\n');
      return lines.filter((each) => each !== '').map((each) => JSON.parse(each) as Entry);
    },
    close: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
};
