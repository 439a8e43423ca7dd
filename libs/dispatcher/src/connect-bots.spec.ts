import { describe, expect, it } from '@jest/globals';
import { SqliteBotRegistry } from '@crier/adapter-sqlite';
import type { Bot } from '@crier/audience';
import { SilentLog } from '@crier/kernel';
import { BotConnections } from './connect-bots.ts';

const bot = (id: string, more: Partial<Bot> = {}): Bot => ({
  id,
  channel: 'viber',
  name: id,
  credentials: { token: id },
  rate: 1,
  ...more,
});

describe('the bots of a channel', () => {
  it('are connected once, those that come later too, and again when their credentials change', async () => {
    const bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    const called: string[] = [];
    const connector = {
      channel: 'viber',
      connect: ({ credentials }: Bot, url: string) => {
        called.push(`${credentials['token'] ?? ''} ${url}`);
        return Promise.resolve();
      },
    };
    const connections = new BotConnections(
      { bots, connector, log: new SilentLog() },
      'https://crier.example',
    );
    await bots.put(bot('a'));
    await bots.put(bot('other', { channel: 'vk' }));
    await connections.connect();
    await connections.connect();
    await bots.put(bot('b'));
    await bots.put(bot('a', { name: 'Renamed' }));
    await connections.connect();
    await bots.put(bot('a', { credentials: { token: 'new' } }));
    await connections.connect();
    expect(called).toEqual([
      'a https://crier.example/hooks/viber/a',
      'b https://crier.example/hooks/viber/b',
      'new https://crier.example/hooks/viber/a',
    ]);
    await bots.close();
  });

  it('are tried again when the messenger did not answer', async () => {
    const bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    await bots.put(bot('a'));
    let tries = 0;
    const connector = {
      channel: 'viber',
      connect: () => {
        tries += 1;
        return tries < 3 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    };
    const connections = new BotConnections({ bots, connector, log: new SilentLog() }, 'https://c');
    for (let round = 0; round < 5; round += 1) await connections.connect();
    expect(tries).toBe(3);
    await bots.close();
  });
});
