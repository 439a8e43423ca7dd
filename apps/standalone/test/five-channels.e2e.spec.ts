import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOf, CHANNELS, FiveMessengers, type ChannelName } from './messengers.ts';
import { leaksIn, leaksInLogs, leaksInStores, leaksInTopics } from './leaks.ts';
import { hello, type Row } from './world.ts';

const isOneProcess = process.env['TEST_KIND'] !== 'cluster';
/** Servers that stand in for a cluster's are slow with people. */
const PEOPLE = Number(process.env['CRIER_TEST_PEOPLE'] ?? (isOneProcess ? 10_000 : 2_000));
const DAY_MS = 24 * 3_600_000;
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };

/** Skype's bots are slow: one in twenty is there. */
const channelOf = (i: number): ChannelName => {
  const k = i % 20;
  if (k === 0) return 'skype';
  if (k < 5) return 'facebook';
  if (k < 10) return 'telegram';
  return k < 15 ? 'viber' : 'vk';
};
/** Messenger takes messages for a day after the person's last word. */
const isOutside = (i: number): boolean => channelOf(i) === 'facebook' && i % 100 === 3;

const person = (i: number) => ({
  externalId: `p${i}`,
  firstName: `Zebulon${i % 7}`,
  lastActiveAt: new Date(Date.now() - (isOutside(i) ? 3 * DAY_MS : 60_000)).toISOString(),
  connections: [{ botId: channelOf(i), address: addressOf(channelOf(i), i), main: true }],
});

interface Lane {
  readonly channel: ChannelName;
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
}

/** Of every fifty people one has blocked the bot, and the answer about another is lost. */
const BLOCKED = { share: { of: 50, is: 7 }, do: { kind: 'blocked' } };
const LOST = { share: { of: 50, is: 11 }, do: { kind: 'reset_after' } };
/** These tell of every message of their own, under its key: nobody stays in doubt there who has it. */
const ECHOING: readonly ChannelName[] = ['facebook', 'vk'];

describe(`one broadcast over five channels to ${PEOPLE} people`, () => {
  let five: FiveMessengers;
  let row: Row;
  beforeAll(async () => {
    five = await FiveMessengers.open();
    const { world } = five;
    for (let from = 0; from < PEOPLE; from += 500)
      await world.call(
        'POST',
        '/v1/contacts',
        Array.from({ length: Math.min(500, PEOPLE - from) }, (_none, k) => person(from + k)),
      );
    for (const channel of CHANNELS) await five.trouble(channel, [BLOCKED, LOST]);
    const often = { deliveredAfterMs: 0, seenAfterMs: 400, copies: 2 };
    await five.receipts('facebook', { ...often, echoAfterMs: 100, shuffled: true });
    await five.receipts('viber', often);
    await five.receipts('vk', { sentAfterMs: 100, seenAfterMs: 400, copies: 2, shuffled: true });
  }, 480_000);
  afterAll(() => five.close());

  const counted = async () =>
    Object.fromEntries(
      await Promise.all(
        CHANNELS.map(async (channel) => [channel, await five.counts(channel)] as const),
      ),
    ) as Record<ChannelName, Awaited<ReturnType<FiveMessengers['counts']>>>;
  const readersOf = (...channels: readonly ChannelName[]): readonly number[] =>
    Array.from({ length: 200 }, (_none, i) => i).filter((i) => channels.includes(channelOf(i)));
  const lanes = async (): Promise<readonly Lane[]> =>
    (await five.world.call<{ lanes: Lane[] }>('GET', `/v1/broadcasts/${row.id}/report`)).lanes;

  it('reaches everybody once, and accounts for the rest by their reasons', async () => {
    const { id } = await five.world.draft({
      name: 'Five',
      message: hello,
      settings: { speed: 5_000 },
    });
    await five.world.call('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
    row = await five.world.until(id, ({ status }) => status === 'sent', 400);
    expect(row.planned).toBe(PEOPLE);
    const counts = await counted();
    for (const channel of CHANNELS)
      expect([channel, counts[channel].duplicates]).toEqual([channel, 0]);
    const outside = Array.from({ length: PEOPLE }, (_none, i) => i).filter(isOutside).length;
    expect(row.skipped).toBe(outside);
    for (const { channel, planned, sent, failed, skipped, unconfirmed } of await lanes()) {
      const { distinctChats } = counts[channel];
      expect([channel, planned]).toEqual([channel, sent + failed + skipped + unconfirmed]);
      // Nobody is called sent who has nothing, and nobody failed who has it.
      expect(sent).toBeLessThanOrEqual(distinctChats);
      expect(distinctChats).toBeLessThanOrEqual(sent + unconfirmed);
      expect(failed).toBeGreaterThan(0);
    }
  }, 480_000);

  it('counts who has it and who opened it, as the messengers told, and proves the doubtful sent', async () => {
    const counts = await counted();
    const viber = (await lanes()).find(({ channel }) => channel === 'viber')?.sent ?? 0;
    const delivered = counts.facebook.distinctChats + viber;
    const opened = delivered + counts.vk.distinctChats;
    await five.world.until(
      row.id,
      (now) => now.delivered === delivered && now.opened === opened,
      300,
    );
    for (const { channel, sent } of await lanes())
      if (ECHOING.includes(channel))
        expect([channel, sent]).toEqual([channel, counts[channel].distinctChats]);
  }, 360_000);

  it('counts presses and visits of every channel', async () => {
    let presses = 0;
    let visits = 0;
    for (const channel of CHANNELS) {
      const readers = Array.from({ length: PEOPLE }, (_none, i) => i).filter(
        (i) => channelOf(i) === channel && !isOutside(i),
      );
      let done = 0;
      for (const i of readers) {
        if (done === 5) break;
        const pressed = await five.press(channel, i, 1).catch(() => undefined);
        if (pressed === undefined) continue;
        expect([channel, pressed.status]).toEqual([channel, 200]);
        const { url = '' } = await five.press(channel, i, 0);
        const visited = await five.world.ask('GET', new URL(url).pathname, undefined, BROWSER);
        expect(visited.headers.get('location')).toBe('https://shop.example/sale?x=1');
        presses += 1;
        visits += 1;
        done += 1;
      }
      expect([channel, done]).toEqual([channel, 5]);
    }
    await five.world.until(
      row.id,
      ({ clickedMessage, clickedLink }) => clickedMessage === presses && clickedLink === visits,
    );
  }, 120_000);

  it('counts orders and sales of buy buttons once, however often the shop tells of them', async () => {
    const items: object[] = [];
    for (const [k, i] of readersOf('viber', 'telegram', 'vk').entries()) {
      const { url } = await five.press(channelOf(i), i, 2).catch(() => ({ url: undefined }));
      if (url === undefined || items.length === 12) continue;
      const visited = await five.world.ask('GET', new URL(url).pathname, undefined, BROWSER);
      const ref = new URL(visited.headers.get('location') ?? '').searchParams.get('crier_ref');
      const told = { shop: 'corner', orderId: `o${k}`, ref, amount: 1_000 + k, currency: 'EUR' };
      const at = new Date().toISOString();
      items.push({ ...told, at, kind: 'order' }, { ...told, at, kind: 'sale' });
    }
    expect(items).toHaveLength(12);
    for (let time = 0; time < 3; time += 1)
      await five.world.call('POST', '/v1/conversions', { items });
    const sold = await five.world.until(
      row.id,
      ({ sales, clickedBuy }) => sales === 6 && clickedBuy === 6,
    );
    expect(sold).toMatchObject({ clickedBuy: 6, orders: 6, sales: 6 });
  }, 60_000);

  it('lets no address, name, token or message out: not in logs, metrics, metadata, keys or messages', async () => {
    const metrics = await five.world.ask<string>('GET', '/metrics');
    await five.world.stop();
    const people = Array.from({ length: 300 }, (_none, i) => addressOf(channelOf(i), i));
    const secret = [...five.secrets, ...people, 'Zebulon'];
    const personal = [...secret, 'Remind me'];
    expect(leaksIn('metrics', metrics.body, personal)).toEqual([]);
    const { data } = five.world;
    expect(leaksInLogs(data, personal)).toEqual([]);
    expect(await leaksInStores(data, personal)).toEqual([]);
    // What may be there is found, so these were really looked through.
    expect(leaksInLogs(data, [row.id])).not.toEqual([]);
    if (isOneProcess) expect(await leaksInStores(data, [row.id])).not.toEqual([]);
    else {
      // A message's text is in its own command and news; nothing of people is anywhere.
      expect(leaksInTopics(data, secret)).toEqual([]);
      expect(leaksInTopics(data, [row.id])).not.toEqual([]);
    }
  }, 120_000);
});
