import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sender } from '@crier/connector';
import { someTarget } from '@crier/connector/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebhookConnector } from './index.ts';
import { SECRET, senderAt } from './testing/webhook-facts.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, example = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};

describe('the receiver in the README', () => {
  const connector = new WebhookConnector({ version: '1.0.0', timeoutMs: 2_000 });
  const directory = mkdtempSync(join(tmpdir(), 'crier-receiver-'));
  let printed = '';
  let receiver: ChildProcess;
  let sender: Sender;

  const hasStarted = async (): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const connected = await connector.connect(sender, 'https://crier.example').catch(() => null);
      if (connected) return;
      await delay(25);
    }
  };
  beforeAll(async () => {
    const file = join(directory, 'receiver.mjs');
    writeFileSync(file, example);
    const port = await freePort();
    receiver = spawn(process.execPath, [file], { env: { SECRET, PORT: String(port) } });
    receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    receiver.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    sender = senderAt(`http://127.0.0.1:${port}`);
    await hasStarted();
  });
  afterAll(async () => {
    const ended = once(receiver, 'exit');
    receiver.kill();
    await ended;
    rmSync(directory, { recursive: true });
    await connector.close();
  });

  const send = async (to: string, text: string, from = sender) => {
    const [part] = connector.compile([{ type: 'text', text }], {}).render(someTarget(to));
    return connector.send(from, to, part!);
  };

  it('says hello, takes messages, drops repeats, and believes nobody else', async () => {
    await expect(connector.connect(sender, undefined)).resolves.toEqual({
      name: new URL(sender.apiUrl ?? '').host,
    });
    const first = await send('ann', 'Hi **{{first_name}}**');
    expect(first.result).toBe('accepted');
    expect(await send('ann', 'Hi **{{first_name}}**')).toEqual(first);
    expect((await send('bob', 'Hi')).result).toBe('accepted');
    expect(await send('eve', 'Hi', { ...sender, credentials: { secret: 'other' } })).toEqual({
      result: 'bot_stopped',
      reason: 'unauthorized',
    });
    for (let tries = 0; tries < 80 && !printed.includes('bob'); tries += 1) await delay(25);
    expect(printed).toBe('ann Hi Ann\nbob Hi\n');
  });
});
