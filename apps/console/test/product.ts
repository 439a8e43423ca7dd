import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../tools/processes.ts';

const MAIN = fileURLToPath(new URL('../../standalone/dist/main.js', import.meta.url));

/** The product as a newcomer starts it, with the demo. */
export interface Product {
  readonly url: string;
  readonly token: string;
  /** The link that the greeting gives. */
  readonly link: string;
  /** Asks the API as the admin. */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

const LINK = /(http\S+\/console\/#token=(\S+))/;

const asking =
  (url: string, token: string) =>
  async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };

/** Starts the built product in a directory of its own. Resolves when it has greeted. */
export const startProduct = async (): Promise<Product> => {
  const data = mkdtempSync(join(tmpdir(), 'crier-console-'));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CRIER_PORT: String(port),
      CRIER_SANDBOX_PORT: String(sandboxPort),
      CRIER_DATA: data,
      CRIER_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [, link, token = ''] = LINK.exec(line) ?? [];
    if (link === undefined) continue;
    child.stdout.resume();
    const url = `http://127.0.0.1:${port}`;
    return { url, token, link, ask: asking(url, token), stop };
  }
  throw new Error('It ended without a greeting');
};
