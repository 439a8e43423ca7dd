import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../../apps/sandbox/src/main.ts', import.meta.url));

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
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '-C', '@crier/source', MAIN],
    { env: { CRIER_SANDBOX_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';

  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/sandbox/skype/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const messages = async (appId: string, chat: string): Promise<readonly SeenMessage[]> => {
    const seen = await admin('GET', `bots/${appId}/chats/${encodeURIComponent(chat)}`);
    return (seen as { readonly messages: readonly SeenMessage[] }).messages;
  };
  const close = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  return {
    apiUrl: `${url}/skype`,
    loginUrl: `${url}/skype/login`,
    openIdUrl: `${url}/skype/v1/.well-known/openidconfiguration`,
    admin,
    messages,
    close,
  };
};
