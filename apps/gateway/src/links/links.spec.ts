import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRef, topics, type ReceiptMessage } from '@crier/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { freeze } from '../testing/told-facts.ts';
import { GatewayWorld, SECRET } from '../testing/gateway-world.ts';

const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

describe('tracked links', () => {
  let world: GatewayWorld;
  let id: string;
  const clicks: ReceiptMessage[] = [];

  beforeAll(async () => {
    world = await GatewayWorld.open();
    await world.addContact('1');
    const elements = [
      {
        type: 'text',
        text: 'Hi',
        buttons: [
          { kind: 'link', label: 'See', url: 'https://shop.example.com/sale?a=1#top' },
          { kind: 'buy', label: 'Buy', url: 'https://shop.example.com/cart?sku=42#pay' },
          { kind: 'message', label: 'Later', payload: 'later' },
        ],
      },
    ];
    const draft = await world.sendable({ message: { synchronised: true, elements } });
    id = draft.id;
    await freeze(world, draft);
    await world.bus.consume({
      topic: topics.receipts('telegram'),
      group: 'test',
      onBatch: (messages) => {
        clicks.push(...messages.map(({ value }) => value as ReceiptMessage));
        return Promise.resolve();
      },
    });
  });
  afterAll(() => world.close());

  const refOf = (button: number, more: object = {}): string =>
    signRef(SECRET, { broadcastId: id, lane: 0, index: 0, button, contentRevision: 1, ...more });
  const open = (
    ref: string,
    headers: Record<string, string> = BROWSER,
    method: 'GET' | 'HEAD' = 'GET',
  ) => world.ask(method, `/r/${ref}`, { as: 'nobody', headers });
  const counted = async (count: number): Promise<void> => {
    while (clicks.length < count) await delay(5);
  };

  it('leads on to what was sent, and counts every click', async () => {
    const first = await open(refOf(0));
    expect(first.statusCode).toBe(302);
    expect(first.headers).toMatchObject({
      location: 'https://shop.example.com/sale?a=1#top',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    await open(refOf(0));
    await counted(2);
    expect(clicks[0]).toMatchObject({ botId: 'tg', kind: 'clicked', ref: refOf(0) });
    expect(clicks[0]?.dedupe).not.toBe(clicks[1]?.dedupe);
  });

  it('tells the shop the ref, beside what its address had', async () => {
    const { headers } = await open(refOf(1));
    const address = new URL(headers.location as string);
    expect(address.searchParams.get('sku')).toBe('42');
    expect(address.searchParams.get('crier_ref')).toBe(refOf(1));
    expect(address.hash).toBe('#pay');
    await counted(3);
  });

  it('says where people come from, where the message is told to', async () => {
    const utm = { source: 'crier', medium: 'messenger', campaign: 'spring sale' };
    const button = { kind: 'link', label: 'See', url: 'https://shop.example.com/sale?a=1#top' };
    const elements = [{ type: 'text', text: 'Hi', buttons: [button] }];
    const draft = await world.sendable({ message: { synchronised: true, elements, utm } });
    await freeze(world, draft);
    const { headers } = await open(refOf(0, { broadcastId: draft.id }), { 'user-agent': '' });
    expect(headers.location).toBe(
      'https://shop.example.com/sale?a=1&utm_source=crier&utm_medium=messenger&utm_campaign=spring+sale#top',
    );
  });

  it('leads crawlers, HEAD and agents without a name on without counting them', async () => {
    const agents = [
      'TelegramBot (like TwitterBot)',
      'facebookexternalhit/1.1',
      'Viber/13.3.0',
      'Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)',
      'WhatsApp/2.23',
    ];
    const before = clicks.length;
    for (const agent of agents)
      expect((await open(refOf(0), { 'user-agent': agent })).statusCode).toBe(302);
    expect((await open(refOf(0), { 'user-agent': '' })).statusCode).toBe(302);
    expect((await open(refOf(0), BROWSER, 'HEAD')).statusCode).toBe(302);
    await open(refOf(0));
    await counted(before + 1);
    expect(clicks).toHaveLength(before + 1);
  });

  it('leads nowhere for a ref that was tampered with, or names no link', async () => {
    const ref = refOf(0);
    const tampered = ref.slice(0, -1) + (ref.endsWith('A') ? 'B' : 'A');
    const wrong = [
      tampered,
      'x',
      'a'.repeat(40),
      refOf(2),
      refOf(9),
      refOf(0, { lane: 7 }),
      refOf(0, { contentRevision: 5 }),
      refOf(0, { broadcastId: crypto.randomUUID() }),
    ];
    for (const one of wrong) {
      const answer = await open(one);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('text/html');
    }
  });

  it('leads on when the bus is down, and notes the lost click', async () => {
    await open(refOf(0));
    await world.bus.close();
    const answer = await open(refOf(0));
    expect(answer.statusCode).toBe(302);
    while (!/crier_clicks_lost_total 1/.test(await world.registry.metrics())) await delay(5);
  });
});
