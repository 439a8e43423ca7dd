import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteBotRegistry, SqliteContactDirectory, SqliteMessageBus } from '@crier/adapter-sqlite';
import type { Bot } from '@crier/audience';
import type { WebhookEvent, WebhookReading } from '@crier/connector';
import { signRef } from '@crier/contracts';
import { Webhooks } from '@crier/delivery';
import { SilentLog, SystemClock } from '@crier/kernel';
import { Referee, ScriptedConnector } from './testing/scripted-connector.ts';

const bot: Bot = {
  id: 'bot',
  channel: 'telegram',
  name: 'bot',
  credentials: { token: 'old' },
  rate: 1,
  stopWords: ['STOP', 'Стоп'],
};
const clock = new SystemClock();
const REQUEST = { method: 'POST', headers: {}, query: {}, rawBody: Buffer.from('{}') } as const;

/** Tells whatever it is given. */
class Teller extends ScriptedConnector {
  next: readonly WebhookEvent[] = [];

  override readWebhook(): WebhookReading {
    return { authentic: true, events: this.next, foreign: false };
  }
}

describe('what webhooks tell of people', () => {
  let connector: Teller;
  let directory: SqliteContactDirectory;
  let bus: SqliteMessageBus;
  let bots: SqliteBotRegistry;
  let webhooks: Webhooks;
  let at: number;
  beforeEach(async () => {
    at = Date.now();
    connector = new Teller(new Referee(), { seed: 1 });
    bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    directory = new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: () => 'telegram',
    });
    bus = await SqliteMessageBus.open({ path: ':memory:', tables: () => false, writer: 'inline' });
    await bots.put(bot);
    webhooks = new Webhooks({
      connector,
      bots,
      directory,
      bus,
      clock,
      log: new SilentLog(),
      refSecret: 'secret',
      forward: () => undefined,
    });
  });
  afterEach(() => Promise.all([bus.close(), directory.close(), bots.close()]));

  /** One event a second later than the one before. */
  const tell = async (event: object): Promise<void> => {
    at += 1_000;
    const told = { address: '5', at: new Date(at).toISOString(), dedupe: String(at), ...event };
    connector.next = [told as WebhookEvent];
    await webhooks.receive(bot.id, REQUEST);
  };
  const status = async () =>
    (await directory.findByAddress(bot.id, '5'))?.connections.find(({ botId }) => botId === bot.id)
      ?.status;

  it('leaves whoever begins with a stop word alone, however late the call comes', async () => {
    at -= 3_600_000;
    await tell({ kind: 'started', firstName: 'Ann', text: 'stop' });
    expect(await status()).toBe('unsubscribed');
    await tell({ kind: 'started' });
    expect(await status()).toBe('enabled');
  });

  it('makes a contact of whoever starts, and takes the connection of who blocks away', async () => {
    await tell({ kind: 'started', firstName: 'Ann' });
    expect(await directory.findByAddress(bot.id, '5')).toMatchObject({ firstName: 'Ann' });
    await tell({ kind: 'status', status: 'blocked' });
    expect(await status()).toBe('blocked');
    await tell({ kind: 'status', status: 'enabled' });
    expect(await status()).toBe('enabled');
  });

  it.each(['stop', '  Stop. ', 'СТОП!'])(
    'leaves alone who writes "%s", until they start again',
    async (text) => {
      await tell({ kind: 'started' });
      await tell({ kind: 'active', text });
      expect(await status()).toBe('unsubscribed');
      await tell({ kind: 'active', text: 'Where is my parcel?' });
      expect(await status()).toBe('unsubscribed');
      await tell({ kind: 'started', text: 'Where is my parcel?' });
      expect(await status()).toBe('unsubscribed');
      await tell({ kind: 'started' });
      expect(await status()).toBe('enabled');
    },
  );

  it('takes a stop word for what it is where every message subscribes', async () => {
    await tell({ kind: 'started', text: 'hello' });
    expect(await status()).toBe('enabled');
    await tell({ kind: 'started', text: 'stop' });
    expect(await status()).toBe('unsubscribed');
  });

  it('does not take other words for it', async () => {
    await tell({ kind: 'started' });
    await tell({ kind: 'active', text: 'please do not stop' });
    expect(await status()).toBe('enabled');
  });

  it('knows that who presses a button is there again, and when that was', async () => {
    await tell({ kind: 'started' });
    await tell({ kind: 'status', status: 'blocked' });
    const place = { broadcastId: '0f9b7c1e-0f5e-4f6c-9d3a-4c8f2b9d1a77', lane: 0, index: 0 };
    const ref = signRef('secret', { ...place, button: 0, contentRevision: 1 });
    await tell({ kind: 'pressed', ref, pressId: 'p' });
    expect(await status()).toBe('enabled');
    const contact = await directory.findByAddress(bot.id, '5');
    expect(contact?.connections[0]?.activeAt).toBe(new Date(at).toISOString());
  });

  it('does not bring back by a press who asked to be left alone', async () => {
    await tell({ kind: 'started' });
    await tell({ kind: 'active', text: 'stop' });
    const place = { broadcastId: '0f9b7c1e-0f5e-4f6c-9d3a-4c8f2b9d1a77', lane: 0, index: 0 };
    const ref = signRef('secret', { ...place, button: 0, contentRevision: 1 });
    await tell({ kind: 'pressed', ref, pressId: 'p' });
    expect(await status()).toBe('unsubscribed');
  });
});
