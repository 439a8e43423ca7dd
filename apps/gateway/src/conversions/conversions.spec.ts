import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRef } from '@crier/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { freeze } from '../testing/told-facts.ts';
import { GatewayWorld, SECRET, type Asked } from '../testing/gateway-world.ts';

const at = '2026-12-01T09:00:00Z';
const buttons = [
  { kind: 'link', label: 'See', url: 'https://shop.example.com/sale' },
  { kind: 'buy', label: 'Buy', url: 'https://shop.example.com/cart' },
];

describe('conversions', () => {
  let world: GatewayWorld;
  let id: string;
  let orders = 0;
  beforeAll(async () => {
    world = await GatewayWorld.open();
    await world.addContact('1');
    id = await sentOne();
  });
  afterAll(() => world.close());

  const sentOne = async (): Promise<string> => {
    const elements = [{ type: 'text', text: 'Hi', buttons }];
    const draft = await world.sendable({ message: { synchronised: true, elements } });
    await freeze(world, draft, 3);
    return draft.id;
  };
  const refOf = (more: object = {}): string =>
    signRef(SECRET, { broadcastId: id, lane: 0, index: 2, button: 1, contentRevision: 1, ...more });
  const freshOrder = (): string => `order-${(orders += 1)}`;
  const told = (kind: string, orderId: string, more: object = {}) => ({
    shop: 'books',
    orderId,
    ref: refOf(),
    kind,
    amount: 1_000,
    currency: 'EUR',
    at,
    ...more,
  });
  const tell = (items: readonly object[], asked: Asked = {}) =>
    world.ask('POST', '/v1/conversions', { body: { items }, ...asked });
  const became = async (...items: readonly object[]) =>
    (JSON.parse((await tell(items)).body) as { items: { became: string }[] }).items.map(
      (item) => item.became,
    );
  /** As soon as what was bought is folded. */
  const reportOnceBought = async (): Promise<unknown> => {
    for (;;) {
      const { body } = await world.ask('GET', `/v1/broadcasts/${id}/report`);
      const report = JSON.parse(body) as { readonly revenue: readonly { refunded: number }[] };
      if (report.revenue.some(({ refunded }) => refunded > 0)) return report;
      await delay(5);
    }
  };
  const refusal = async (item: object) => {
    const { code, errors = [] } = (await tell([item])).json();
    return [code, errors[0]?.path, errors[0]?.code];
  };

  it('are counted in the row and the report of their broadcast', async () => {
    const order = freshOrder();
    const told3 = [
      told('order', order),
      told('sale', order),
      told('refund', order, { amount: 250 }),
    ];
    const answer = await tell(told3);
    expect(JSON.parse(answer.body)).toEqual({
      items: ['order', 'sale', 'refund'].map((kind) => ({
        orderId: order,
        kind,
        became: 'recorded',
      })),
      recorded: 3,
      repeated: 0,
      refused: 0,
    });
    const report = await reportOnceBought();
    expect(report).toMatchObject({
      row: { orders: 1, sales: 1 },
      revenue: [{ currency: 'EUR', amount: 1_000, refunded: 250 }],
      channels: [{ channel: 'telegram', orders: 1, sales: 1 }],
      buttons: [
        { kind: 'link', orders: 0, sales: 0 },
        { kind: 'buy', orders: 1, sales: 1 },
      ],
    });
  });

  it('change nothing when they are told again, and may come out of order', async () => {
    const order = freshOrder();
    await expect(became(told('sale', order))).resolves.toEqual(['recorded']);
    await expect(
      became(told('order', order), told('sale', order), told('sale', order)),
    ).resolves.toEqual(['repeated', 'repeated', 'repeated']);
  });

  it('keep orders of shops apart, however they are named', async () => {
    await expect(
      became(
        told('order', 'b-c', { shop: 'a' }),
        told('order', 'c', { shop: 'a-b', amount: 5 }),
        told('order', 'tg:b-c', { shop: 'telegram:a' }),
      ),
    ).resolves.toEqual(['recorded', 'recorded', 'recorded']);
  });

  it.each([
    ['is none', 'nonsense'],
    ['was tampered with', () => `${refOf().slice(0, -1)}${refOf().endsWith('A') ? 'B' : 'A'}`],
    [
      'was signed elsewhere',
      () => signRef('else', { broadcastId: id, lane: 0, button: 1, contentRevision: 1 }),
    ],
    ['names no broadcast', () => refOf({ broadcastId: crypto.randomUUID() })],
    ['names no lane', () => refOf({ lane: 1 })],
    ['names no recipient', () => refOf({ index: 3 })],
    ['names no button', () => refOf({ button: 2 })],
    ['names no content', () => refOf({ contentRevision: 2 })],
  ])('are refused with a ref that %s, by name', async (_, ref) => {
    const item = told('order', freshOrder(), { ref: typeof ref === 'string' ? ref : ref() });
    await expect(refusal(item)).resolves.toEqual([
      'CONVERSIONS_REFUSED',
      'items[0].ref',
      'UNKNOWN_REF',
    ]);
  });

  it('are taken one by one: what is wrong with one costs no other', async () => {
    const order = freshOrder();
    const answer = await tell([
      told('order', order),
      told('order', freshOrder(), { ref: 'nonsense' }),
      told('refund', order, { amount: 1 }),
      told('order', order, { amount: 2 }),
    ]);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      recorded: 1,
      refused: 3,
      items: [
        { became: 'recorded' },
        { became: 'refused', error: { path: 'items[1].ref', code: 'UNKNOWN_REF' } },
        { became: 'refused', error: { path: 'items[2].kind', code: 'SALE_MISSING' } },
        { became: 'refused', error: { path: 'items[3].amount', code: 'ORDER_DIFFERS' } },
      ],
    });
  });

  it('say what is wrong with them', async () => {
    const order = freshOrder();
    await tell([told('order', order), told('sale', order), told('refund', order, { amount: 400 })]);
    const wrong = 'CONVERSIONS_REFUSED';
    const other = { amount: 900 };
    await expect(refusal(told('sale', order, other))).resolves.toEqual([
      wrong,
      'items[0].amount',
      'SALE_DIFFERS',
    ]);
    await expect(refusal(told('refund', order, other))).resolves.toEqual([
      wrong,
      'items[0].amount',
      'REFUND_DIFFERS',
    ]);
    const refund = { amount: 601, refundId: 'second' };
    await expect(refusal(told('refund', order, refund))).resolves.toEqual([
      wrong,
      'items[0].amount',
      'REFUND_ABOVE_SALE',
    ]);
    const dollars = { currency: 'USD', refundId: 'third' };
    await expect(refusal(told('refund', order, dollars))).resolves.toEqual([
      wrong,
      'items[0].currency',
      'REFUND_CURRENCY_DIFFERS',
    ]);
  });

  it('are not taken with an instant that does not exist', async () => {
    const answer = await tell([told('order', freshOrder(), { at: '2026-12-31T23:59:60Z' })]);
    expect(answer.json()).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ path: 'items[0].at' }],
    });
  });

  it('are taken by the thousand', async () => {
    const items = Array.from({ length: 1_000 }, () => told('sale', freshOrder()));
    const answer = await tell(items, { as: 'channel' });
    expect(JSON.parse(answer.body)).toMatchObject({ recorded: 1_000, refused: 0 });
  });

  it('are told by operators and those who keep channels, not by those who only read', async () => {
    const items = [told('order', freshOrder())];
    expect((await tell(items, { as: 'analyst' })).statusCode).toBe(403);
    expect((await tell(items, { as: 'nobody' })).statusCode).toBe(401);
    expect((await tell(items, { as: 'channel' })).statusCode).toBe(200);
  });

  it('name nobody: neither the person nor the token are in what is stored', async () => {
    const order = freshOrder();
    await tell([told('order', order)]);
    const [stored] = await world.store.read(`order-books-${order}`);
    expect(stored).toMatchObject({
      type: 'OrderCredited',
      metadata: { actor: 'the operator' },
      data: {
        shop: 'books',
        orderId: order,
        broadcastId: id,
        lane: 0,
        index: 2,
        button: 1,
        amount: 1_000,
        currency: 'EUR',
        at: '2026-12-01T09:00:00.000Z',
      },
    });
    expect(Object.keys(stored?.data as object)).toHaveLength(9);
  });
});
