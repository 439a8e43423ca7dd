import { orderStream, type OrderEvent } from '@crier/contracts';
import { seededRandom } from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { asStored, at, untilFrozen, type Fact } from '../testing/facts.ts';
import { given, givenThen } from '../testing/given.ts';
import { contactIds } from '../testing/random-history.ts';
import { randomOrders } from '../testing/random-orders.ts';
import { NO_MAILING } from './mailing.ts';
import { reportOf } from './presenting.ts';

const broadcastId = 'one';
const frozen = untilFrozen({ id: broadcastId, lanes: [contactIds(2, 'a'), contactIds(2, 'b')] });

type Type = OrderEvent['type'];
type More = Partial<OrderEvent['data']>;

/** A fact of an order of 10.00 EUR through the buy button of the second lane. */
const fact = (type: Type, more: More = {}): Fact => {
  const data = {
    shop: 'books',
    orderId: '1',
    broadcastId,
    lane: 1,
    button: 1,
    amount: 1_000,
    currency: 'EUR',
    at: at(60),
    refundId: at(60),
    ...more,
  };
  return { stream: orderStream(data.shop, data.orderId), event: { type, data }, second: 60 };
};

const bought = (...facts: readonly Fact[]) => given([...frozen, ...facts]);

describe('orders and sales', () => {
  it('are counted for the broadcast, its channel and its button, once each', async () => {
    const { report } = await bought(
      fact('OrderCredited'),
      fact('SaleRecorded'),
      fact('OrderCredited', { orderId: '2', button: 0, lane: 0 }),
    );
    expect(report.row).toMatchObject({ orders: 2, sales: 1 });
    expect(report.channels).toEqual([{ channel: 'telegram', orders: 2, sales: 1 }]);
    expect(report.buttons).toMatchObject([
      { label: 'See it', orders: 1, sales: 0 },
      { label: 'Buy it', orders: 1, sales: 1 },
    ]);
  });

  it('are told by the recipient whose own button led to them, however often', async () => {
    const { places } = await bought(
      fact('OrderCredited', { index: 0, at: at(90) }),
      fact('SaleRecorded', { index: 0 }),
      fact('SaleRefunded', { index: 0, amount: 1 }),
      fact('OrderCredited', { orderId: '2', index: 0, at: at(80) }),
      fact('OrderCredited', { orderId: '3', index: 0, button: 0, at: at(70) }),
      fact('OrderCredited', { orderId: '4', lane: 0, index: 1 }),
      fact('OrderCredited', { orderId: '5', lane: 0 }),
    );
    const start = Date.parse(at(0)) / 1_000;
    const ordered = { kind: 'ordered', button: 1, count: 1, firstAt: start + 60 };
    expect(places.map(({ receipts }) => receipts)).toEqual([
      [],
      [ordered],
      [
        { ...ordered, count: 2, firstAt: start + 90 },
        { ...ordered, button: 0, firstAt: start + 70 },
      ],
      [],
    ]);
  });

  it('make money by currency: what was ordered is not paid, what was given back was', async () => {
    const { report } = await bought(
      fact('OrderCredited', { amount: 70_000 }),
      fact('SaleRecorded'),
      fact('SaleRefunded', { amount: 250 }),
      fact('SaleRefunded', { amount: 50, at: at(61) }),
      fact('OrderCredited', { orderId: '2', currency: 'XTR' }),
      fact('SaleRecorded', { orderId: '2', currency: 'XTR', amount: 7 }),
      fact('OrderCredited', { orderId: '3', currency: 'USD' }),
    );
    expect(report.revenue).toEqual([
      { currency: 'EUR', amount: 1_000, refunded: 300 },
      { currency: 'XTR', amount: 7, refunded: 0 },
    ]);
  });

  it('come to the same sums in whatever order a thousand orders are stored', async () => {
    const random = seededRandom(7);
    const orders = Object.values(
      Object.groupBy(
        randomOrders(random, { broadcastId, lanes: [2, 2] }, 1_000),
        (one) => one.stream,
      ),
    ) as Fact[][];
    const inOrder = await bought(...orders.flat());
    const left = orders.map((facts) => [...facts]);
    const mixed: Fact[] = [];
    while (mixed.length < orders.flat().length) {
      const next = left[Math.floor(random() * left.length)]?.shift();
      if (next) mixed.push(next);
    }
    const inDisorder = await bought(...mixed);
    expect(inDisorder.report).toEqual(inOrder.report);
    expect(inOrder.row.orders).toBe(1_000);
    const paid = (currency: string): number =>
      orders.flat().reduce((sum, { event }) => {
        const counts = event.type === 'SaleRecorded' && event.data.currency === currency;
        return sum + (counts ? event.data.amount : 0);
      }, 0);
    expect(inOrder.report.revenue.map(({ currency, amount }) => [currency, amount])).toEqual(
      ['EUR', 'USD', 'XTR'].map((currency) => [currency, paid(currency)]),
    );
  });

  it('never make a sum that is not exact: what is too much is left out, and said to be', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const { report } = await bought(
      fact('SaleRecorded', { amount: most - 1 }),
      fact('SaleRecorded', { orderId: '2', amount: 2 }),
      fact('SaleRecorded', { orderId: '3', amount: 1 }),
    );
    expect(report.row.sales).toBe(3);
    expect(report.revenue).toEqual([
      { currency: 'EUR', amount: most, refunded: 0, incomplete: true },
    ]);
  });

  it.each([
    ['a broadcast that was never drafted', { broadcastId: 'two' }],
    ['a lane that was never planned', { lane: 2 }],
    ['a lane that was never planned, by a recipient', { lane: 2, index: 0 }],
  ])('of %s are refused', async (_, more) => {
    for (const type of ['OrderCredited', 'SaleRecorded'] as const) {
      const next = asStored([...frozen, fact(type, more)]).at(-1)!;
      await expect(givenThen(frozen, next)).rejects.toMatchObject({ code: 'ILLEGAL_HISTORY' });
    }
  });

  it('are none in documents that were folded before there were any', () => {
    const old = { ...NO_MAILING };
    Reflect.deleteProperty(old, 'credits');
    Reflect.deleteProperty(old, 'revenue');
    expect(reportOf(old, [])).toMatchObject({ row: { orders: 0, sales: 0 }, revenue: [] });
  });
});
