import {
  SqliteBotRegistry,
  SqliteContactDirectory,
  SqliteEventStore,
  SqliteMessageBus,
} from '@crier/adapter-sqlite';
import type { Bot } from '@crier/audience';
import type { WebhookEvent, WebhookReading } from '@crier/connector';
import { broadcastStream, signRef } from '@crier/contracts';
import { Webhooks } from '@crier/delivery';
import { freshId, SilentLog, SystemClock } from '@crier/kernel';
import { someMetadata } from '@crier/kernel/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConversionPayments } from './conversion-payments.ts';
import { HooksController } from './hooks.ts';
import { Referee, ScriptedConnector } from './testing/scripted-connector.ts';

const SECRET = 'secret';
const broadcastId = '01890000-0000-7000-8000-000000000001';
const at = '2026-12-01T09:00:00.000Z';
const bot: Bot = {
  id: 'shop-bot',
  channel: 'telegram',
  name: 'bot',
  credentials: { token: 'x' },
  rate: 1,
  forwardTo: 'https://team.example/hook',
};
const refOf = (more: object = {}, secret = SECRET): string =>
  signRef(secret, { broadcastId, lane: 0, button: 0, contentRevision: 1, ...more });
const request = { method: 'POST', headers: {}, query: {}, rawBody: Buffer.from('{}') } as const;

class TellingConnector extends ScriptedConnector {
  next: readonly WebhookEvent[] = [];
  override readWebhook(): WebhookReading {
    return { authentic: true, events: this.next, foreign: false };
  }
}

class NotedLog extends SilentLog {
  readonly warnings: unknown[] = [];
  override warn(...said: readonly unknown[]): void {
    this.warnings.push(said[1]);
  }
}

describe('payments inside a messenger', () => {
  const clock = new SystemClock();
  let store: SqliteEventStore;
  let bus: SqliteMessageBus;
  let bots: SqliteBotRegistry;
  let directory: SqliteContactDirectory;
  let connector: TellingConnector;
  let log: NotedLog;
  let forwarded: string[];
  let webhooks: Webhooks;

  const hooks = (counting: boolean): Webhooks =>
    new Webhooks({
      connector,
      bots,
      directory,
      bus,
      clock,
      log,
      refSecret: SECRET,
      ...(counting ? { payments: new ConversionPayments({ store, clock, log }) } : {}),
      forward: (to) => forwarded.push(to),
    });

  beforeEach(async () => {
    store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
    bus = await SqliteMessageBus.open({ path: ':memory:', tables: () => false, writer: 'inline' });
    bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    const channelOf = (): string => 'telegram';
    directory = new SqliteContactDirectory({ path: ':memory:', clock, channelOf });
    connector = new TellingConnector(new Referee(), { seed: 1 });
    log = new NotedLog();
    forwarded = [];
    webhooks = hooks(true);
    await bots.put(bot);
    const buttons = [{ kind: 'buy', label: 'Buy', url: 'https://shop.example' }];
    const content = { synchronised: true, elements: [{ type: 'text', text: 'Hi', buttons }] };
    const lanes = [{ lane: 0, botId: bot.id, channel: 'telegram', planned: 1 }];
    const facts = [
      ['MessageComposed', { broadcastId, content, contentRevision: 1 }],
      ['AudienceFrozen', { broadcastId, planned: 1, lanes, excluded: {} }],
    ] as const;
    await store.append(
      broadcastStream(broadcastId),
      -1,
      facts.map(([type, data]) => ({ id: freshId(), type, data, metadata: someMetadata })),
    );
  });
  afterEach(async () => {
    await Promise.all([store.close(), bus.close(), bots.close(), directory.close()]);
  });

  const paid = (more: object = {}): WebhookEvent => ({
    kind: 'paid',
    address: '5',
    ref: refOf(),
    amount: 250,
    currency: 'XTR',
    paymentId: 'charge-1',
    at,
    dedupe: 'one',
    ...more,
  });
  const checkout = (ref: string): WebhookEvent => ({
    kind: 'checkout',
    address: '5',
    ref,
    approval: '{"method":"yes"}',
    at,
    dedupe: 'two',
  });
  const receive = (...events: readonly WebhookEvent[]) => {
    connector.next = events;
    return webhooks.receive(bot.id, request);
  };
  /** Of the bot as a shop: dashes are no part of a shop's name in a stream's. */
  const stored = async (orderId = 'charge-1') =>
    (await store.read(`order-telegram:shop~bot-${orderId}`)).map(({ type, data }) => ({
      type,
      data,
    }));

  it('are order and sale at once, of the bot as a shop', async () => {
    await receive(paid());
    const data = {
      shop: 'telegram:shop-bot',
      orderId: 'charge-1',
      broadcastId,
      lane: 0,
      button: 0,
      amount: 250,
      currency: 'XTR',
      at,
    };
    await expect(stored()).resolves.toEqual([
      { type: 'OrderCredited', data: { ...data, impliedBy: 'sale' } },
      { type: 'SaleRecorded', data },
    ]);
  });

  it('are counted once, however often the messenger tells of them', async () => {
    await receive(paid());
    await receive(paid({ at: '2026-12-01T09:00:07.000Z' }), paid());
    await expect(stored()).resolves.toHaveLength(2);
    expect(log.warnings).toEqual([]);
  });

  it('may have names that no stream can have', async () => {
    await receive(
      paid({ paymentId: '_a/ß' }),
      paid({ paymentId: '_a/ß' }),
      paid({ paymentId: '_b' }),
    );
    const shop = { broadcastId, ...{ shop: 'telegram:shop-bot' } };
    const orders: string[] = [];
    const stopping = new AbortController();
    const batches = store.subscribe({ prefixes: ['order-'], signal: stopping.signal });
    for await (const { events, caughtUp } of batches) {
      for (const { type, data } of events) {
        expect(data).toMatchObject(shop);
        if (type === 'SaleRecorded') orders.push((data as { orderId: string }).orderId);
      }
      if (caughtUp) break;
    }
    stopping.abort();
    expect(orders).toEqual([
      expect.stringMatching(/^h[\w-]{43}$/),
      expect.stringMatching(/^h[\w-]{43}$/),
    ]);
    expect(new Set(orders).size).toBe(2);
  });

  it('of something else are the team’s own affair', async () => {
    const unnamed = paid();
    Reflect.deleteProperty(unnamed, 'ref');
    await receive(unnamed);
    await receive(paid({ ref: refOf({}, 'another secret') }));
    expect(forwarded).toEqual([bot.forwardTo, bot.forwardTo]);
    await expect(stored()).resolves.toEqual([]);
  });

  it.each([
    [
      'a ref of a broadcast that is not there',
      { ref: refOf({ broadcastId: freshId() }) },
      'UNKNOWN_REF',
    ],
    ['half a cent', { amount: 0.5 }, 'NO_MONEY'],
    ['less than nothing', { amount: -1 }, 'NO_MONEY'],
    ['no number', { amount: Number.NaN }, 'NO_MONEY'],
    ['a currency that is none', { currency: 'euro' }, 'NO_MONEY'],
  ])('with %s are not counted, and noted', async (_, more, code) => {
    await expect(receive(paid(more))).resolves.toMatchObject({ is: 'stored' });
    await expect(stored()).resolves.toEqual([]);
    expect(log.warnings).toEqual([{ channel: 'telegram', botId: bot.id, code }]);
  });

  it('are told again while they cannot be stored', async () => {
    await store.close();
    await expect(receive(paid())).rejects.toMatchObject({ verdict: 'retry' });
    store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  });

  it('of a ref are approved in the answer to the call; others are left to the team', async () => {
    const approved = { is: 'stored', text: '{"method":"yes"}', json: true };
    await expect(receive(checkout(refOf()))).resolves.toEqual(approved);
    expect(forwarded).toEqual([]);
    const left = { is: 'stored', text: '' };
    await expect(receive(checkout(refOf({}, 'another secret')))).resolves.toEqual(left);
    webhooks = hooks(false);
    await expect(receive(checkout(refOf()))).resolves.toEqual(left);
    expect(forwarded).toEqual([bot.forwardTo, bot.forwardTo]);
  });

  it('are approved in JSON, or the messenger would not read it', async () => {
    const answered: unknown[] = [];
    const reply = {
      status: (code: number) => (answered.push(code), reply),
      header: (name: string, value: string) => (answered.push([name, value]), reply),
      send: (body?: unknown) => answered.push(body),
    };
    const call = { method: 'POST', headers: {}, query: {}, body: Buffer.from('{}') };
    const controller = new HooksController([webhooks]);
    connector.next = [checkout(refOf())];
    await controller.receive(connector.channel, bot.id, call, reply);
    connector.next = [];
    await controller.receive(connector.channel, bot.id, call, reply);
    expect(answered).toEqual([
      200,
      ['content-type', 'application/json; charset=utf-8'],
      '{"method":"yes"}',
      200,
      ['content-type', 'text/plain; charset=utf-8'],
      '',
    ]);
  });
});
