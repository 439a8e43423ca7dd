import { describe, expect, it } from '@jest/globals';
import { SqliteBotRegistry, SqliteContactDirectory, SqliteMessageBus } from '@crier/adapter-sqlite';
import type { Bot } from '@crier/audience';
import type { WebhookReading } from '@crier/connector';
import { Webhooks } from '@crier/delivery';
import { SilentLog, SystemClock } from '@crier/kernel';
import { Referee, ScriptedConnector } from './testing/scripted-connector.ts';

class TellingConnector extends ScriptedConnector {
  override readWebhook(): WebhookReading {
    const told = { kind: 'receipt', address: '5', at: '2026-12-01T09:00:00.000Z' } as const;
    return {
      authentic: true,
      events: [
        { ...told, what: 'delivered', which: { ids: ['7'] }, dedupe: 'one' },
        { ...told, what: 'opened', which: { upTo: told.at }, dedupe: 'two' },
      ],
      foreign: true,
    };
  }
}

const bot: Bot = {
  id: 'bot',
  channel: 'telegram',
  name: 'bot',
  credentials: { token: 'old' },
  rate: 1,
  forwardTo: 'https://team.example/hook',
};

describe('a webhook', () => {
  it('takes receipts that nobody counts yet: nobody becomes a contact, and the call goes on to the team', async () => {
    const clock = new SystemClock();
    const bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    const directory = new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: () => 'telegram',
    });
    const bus = await SqliteMessageBus.open({
      path: ':memory:',
      tables: () => false,
      writer: 'inline',
    });
    const forwarded: string[] = [];
    const webhooks = new Webhooks({
      connector: new TellingConnector(new Referee(), { seed: 1 }),
      bots,
      directory,
      bus,
      clock,
      log: new SilentLog(),
      refSecret: 'secret',
      forward: (to) => forwarded.push(to),
    });
    await bots.put(bot);
    const request = { method: 'POST', headers: {}, query: {}, rawBody: Buffer.from('{}') } as const;
    await expect(webhooks.receive(bot.id, request)).resolves.toEqual({ is: 'stored', text: '' });
    await expect(directory.findByAddress(bot.id, '5')).resolves.toBeUndefined();
    expect(forwarded).toEqual([bot.forwardTo]);
    await Promise.all([bus.close(), directory.close(), bots.close()]);
  });
});
