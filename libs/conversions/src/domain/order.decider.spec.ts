import type { OrderEvent } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Conversion, OrderRejection, Place } from './conversion.ts';
import { orderDecider } from './order.decider.ts';

const place: Place = { broadcastId: 'spring', lane: 0, index: 7, button: 2 };
const elsewhere: Place = { broadcastId: 'autumn', lane: 1, button: 0 };
const at = '2026-12-01T09:00:00.000Z';

const told = (kind: Conversion['kind'], more: Partial<Conversion> = {}): Conversion => ({
  kind,
  shop: 'books',
  orderId: '1001',
  place,
  amount: 2_590,
  currency: 'EUR',
  at,
  ...more,
});
const fact = { shop: 'books', orderId: '1001', ...place, amount: 2_590, currency: 'EUR', at };
const credited: OrderEvent = { type: 'OrderCredited', data: fact };
const implied: OrderEvent = { type: 'OrderCredited', data: { ...fact, impliedBy: 'sale' } };
const sold: OrderEvent = { type: 'SaleRecorded', data: fact };
const refunded = (amount: number, refundId: string): OrderEvent => ({
  type: 'SaleRefunded',
  data: { ...fact, amount, refundId },
});

const given = (...history: readonly OrderEvent[]) => ({
  when: (command: Conversion) => {
    const state = Object.freeze(history).reduce(orderDecider.evolve, orderDecider.initialState);
    const decision = orderDecider.decide(command, state);
    return {
      then: (...events: readonly OrderEvent[]) =>
        expect(decision).toEqual({ accepted: true, events }),
      thenNothing: () => expect(decision).toEqual({ accepted: true, events: [] }),
      thenRefused: (rejection: OrderRejection) =>
        expect(decision).toEqual({ accepted: false, rejection }),
    };
  },
});

describe('an order', () => {
  it('credits the place that its ref names', () => {
    given().when(told('order')).then(credited);
  });

  it('keeps its first credit, whoever is named later', () => {
    given(credited)
      .when(told('order', { place: elsewhere }))
      .thenNothing();
  });

  it('is told twice without harm, at whatever time', () => {
    given(credited)
      .when(told('order', { at: '2027-01-01T00:00:00.000Z' }))
      .thenNothing();
    given(credited, sold).when(told('order')).thenNothing();
  });

  it('is not told again with another amount or currency', () => {
    const first = { code: 'ORDER_DIFFERS', amount: 2_590, currency: 'EUR' } as const;
    given(credited)
      .when(told('order', { amount: 2_591 }))
      .thenRefused(first);
    given(credited, sold)
      .when(told('order', { currency: 'USD' }))
      .thenRefused(first);
  });

  it('may come after its sale, which has stood for it, and cost what it likes', () => {
    given(implied, sold)
      .when(told('order', { amount: 9_999 }))
      .thenNothing();
  });
});

describe('a sale', () => {
  it('is credited where its order was, even where it names another place', () => {
    given(credited)
      .when(told('sale', { place: elsewhere }))
      .then(sold);
  });

  it('may cost another amount than was ordered', () => {
    given(credited)
      .when(told('sale', { amount: 2_000 }))
      .then({ type: 'SaleRecorded', data: { ...fact, amount: 2_000 } });
  });

  it('without an order is both', () => {
    given().when(told('sale')).then(implied, sold);
  });

  it('is told twice without harm, and not with other money', () => {
    given(credited, sold).when(told('sale')).thenNothing();
    given(implied, sold)
      .when(told('sale', { currency: 'USD' }))
      .thenRefused({ code: 'SALE_DIFFERS', amount: 2_590, currency: 'EUR' });
  });
});

describe('a refund', () => {
  const refund = (amount: number, more: Partial<Conversion> = {}) =>
    told('refund', { amount, ...more });

  it('waits for its sale', () => {
    given().when(refund(1)).thenRefused({ code: 'SALE_MISSING' });
    given(credited).when(refund(1)).thenRefused({ code: 'SALE_MISSING' });
  });

  it('gives back all, or a part and another part, and never more than was paid', () => {
    given(credited, sold).when(refund(2_590)).then(refunded(2_590, at));
    const part = refunded(2_000, 'one');
    given(credited, sold, part)
      .when(refund(590, { refundId: 'two' }))
      .then(refunded(590, 'two'));
    given(credited, sold, part)
      .when(refund(591, { refundId: 'two' }))
      .thenRefused({ code: 'REFUND_ABOVE_SALE', left: 590 });
    given(credited, sold, part, refunded(590, 'two'))
      .when(refund(1, { refundId: 'three' }))
      .thenRefused({ code: 'REFUND_ABOVE_SALE', left: 0 });
  });

  it('is known by its name, or else by its instant', () => {
    given(credited, sold, refunded(5, 'one'))
      .when(refund(5, { refundId: 'one', at: '2027-01-01T00:00:00.000Z' }))
      .thenNothing();
    given(credited, sold, refunded(5, at)).when(refund(5)).thenNothing();
    const later = '2026-12-02T09:00:00.000Z';
    given(credited, sold, refunded(5, at))
      .when(refund(5, { at: later }))
      .then({ type: 'SaleRefunded', data: { ...fact, amount: 5, at: later, refundId: later } });
  });

  it('is a repeat even when nothing is left, and is not told again with other money', () => {
    const all = [credited, sold, refunded(2_590, 'one')];
    given(...all)
      .when(refund(2_590, { refundId: 'one' }))
      .thenNothing();
    given(...all)
      .when(refund(5, { refundId: 'one' }))
      .thenRefused({ code: 'REFUND_DIFFERS', amount: 2_590, currency: 'EUR' });
  });

  it('speaks the currency of its sale', () => {
    given(credited, sold)
      .when(refund(5, { currency: 'USD' }))
      .thenRefused({ code: 'REFUND_CURRENCY_DIFFERS', currency: 'EUR' });
  });

  it('may be named like anything that objects have', () => {
    given(credited, sold)
      .when(refund(5, { refundId: 'constructor' }))
      .then(refunded(5, 'constructor'));
  });
});
