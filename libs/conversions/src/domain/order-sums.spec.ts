import type { OrderEvent } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Conversion } from './conversion.ts';
import { orderDecider } from './order.decider.ts';

const ORDERS = 1_000;
const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();

/** What shops tell of one order, with the refunds that its sale allows. */
const reports = (n: number, paid: number, currency: string, parts: number): Conversion[] => {
  const common = {
    shop: `shop-${n % 3}`,
    orderId: `${n}`,
    place: { broadcastId: `b${n % 5}`, lane: 0, index: n, button: n % 2 },
    currency,
  };
  const refund = (part: number): Conversion => ({
    ...common,
    kind: 'refund',
    amount: Math.max(1, Math.floor(paid / 4)),
    at: at(n),
    refundId: `part-${part}`,
  });
  return [
    { ...common, kind: 'order', amount: paid + 500, at: at(n) },
    { ...common, kind: 'sale', amount: paid, at: at(n + 1) },
    ...Array.from({ length: parts }, (_, part) => refund(part)),
  ];
};

const story = fc
  .array(
    fc.tuple(fc.integer({ min: 4, max: 90_000 }), fc.constantFrom('EUR', 'USD', 'XTR'), fc.nat(4)),
    {
      minLength: ORDERS,
      maxLength: ORDERS,
      size: 'max',
    },
  )
  .map((orders) =>
    orders.flatMap(([paid, currency, parts], n) => reports(n, paid, currency, parts)),
  );

/** Tells everything in this order; what comes too early is told again later, as shops do. */
const tell = (conversions: readonly Conversion[]): readonly OrderEvent[] => {
  const states = new Map<string, typeof orderDecider.initialState>();
  const events: OrderEvent[] = [];
  for (let left = conversions; left.length > 0;) {
    const early: Conversion[] = [];
    for (const one of left) {
      const key = `${one.shop}/${one.orderId}`;
      const state = states.get(key) ?? orderDecider.initialState;
      const decision = orderDecider.decide(one, state);
      if (!decision.accepted && decision.rejection.code !== 'SALE_MISSING')
        throw new Error(decision.rejection.code);
      if (!decision.accepted) early.push(one);
      else {
        events.push(...decision.events);
        states.set(key, decision.events.reduce(orderDecider.evolve, state));
      }
    }
    left = early;
  }
  return events;
};

/** By broadcast and currency. */
const sums = (events: readonly OrderEvent[]) => {
  const found: Record<string, { orders: number; sales: number; paid: number; back: number }> = {};
  for (const { type, data } of events) {
    const sum = (found[`${data.broadcastId}/${data.currency}`] ??= {
      orders: 0,
      sales: 0,
      paid: 0,
      back: 0,
    });
    if (type === 'OrderCredited') sum.orders += 1;
    if (type === 'SaleRecorded') sum.sales += 1;
    if (type === 'SaleRecorded') sum.paid += data.amount;
    if (type === 'SaleRefunded') sum.back += data.amount;
  }
  return found;
};

describe('a thousand orders', () => {
  it('come to the same sums in any order and with any repeats, currencies apart', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (inOrder, chance) => {
        const draw = (most: number): number => Number(chance.next().value) % most;
        const shuffled = inOrder
          .flatMap((one) => Array.from({ length: 1 + draw(3) }, () => one))
          .map((one) => ({ one, place: draw(1_000_000) }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const told = sums(tell(inOrder));
        expect(sums(tell(shuffled))).toEqual(told);
        const all = Object.values(told);
        expect(all.reduce((count, { orders }) => count + orders, 0)).toBe(ORDERS);
        expect(all.reduce((count, { sales }) => count + sales, 0)).toBe(ORDERS);
        const paid = (kind: Conversion['kind']) =>
          inOrder.reduce((sum, one) => sum + (one.kind === kind ? one.amount : 0), 0);
        expect(all.reduce((sum, one) => sum + one.paid, 0)).toBe(paid('sale'));
        expect(all.reduce((sum, one) => sum + one.back, 0)).toBe(paid('refund'));
      }),
      { numRuns: 10 },
    );
  });
});
