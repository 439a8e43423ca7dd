import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../../apps/sandbox/src/main.ts', import.meta.url));

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
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '-C', '@crier/source', MAIN],
    { env: { CRIER_SANDBOX_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';

  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/sandbox/viber/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const messages = async (token: string, chat: string): Promise<readonly SeenMessage[]> => {
    const seen = await admin('GET', `bots/${token}/chats/${encodeURIComponent(chat)}`);
    return (seen as { readonly messages: readonly SeenMessage[] }).messages;
  };
  const record = async (): Promise<readonly { readonly method: string }[]> => {
    const lines = await (await fetch(`${url}/sandbox/viber/record`)).text();
    return lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { method: string });
  };
  const close = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  return { apiUrl: `${url}/viber`, admin, messages, record, close };
};
