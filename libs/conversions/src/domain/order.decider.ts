import type { OrderEvent } from '@crier/contracts';
import { accept, reject, unreachable, type Decider, type Decision } from '@crier/kernel';
import type { Conversion, Money, OrderRejection, Place } from './conversion.ts';
import { evolve, UNKNOWN_ORDER, type OrderState } from './order-state.ts';

type OrderDecision = Decision<OrderEvent, OrderRejection>;

const isSame = (one: Money, other: Money): boolean =>
  one.amount === other.amount && one.currency === other.currency;

const differs = (
  code: 'ORDER_DIFFERS' | 'SALE_DIFFERS' | 'REFUND_DIFFERS',
  { amount, currency }: Money,
): OrderDecision => reject({ code, amount, currency });

const factOf = ({ shop, orderId, amount, currency, at }: Conversion, place: Place) => ({
  shop,
  orderId,
  ...place,
  amount,
  currency,
  at,
});

const order = (told: Conversion, state: OrderState): OrderDecision => {
  if (state.status === 'unknown')
    return accept<OrderEvent>({ type: 'OrderCredited', data: factOf(told, told.place) });
  // Its sale was here first and stands for it: what an order was to cost is not counted anywhere.
  if (state.order === undefined || isSame(state.order, told)) return accept();
  return differs('ORDER_DIFFERS', state.order);
};

/** The first credit wins: whoever led to the order gets its sale too. */
const sale = (told: Conversion, state: OrderState): OrderDecision => {
  switch (state.status) {
    case 'unknown': {
      const data = factOf(told, told.place);
      return accept<OrderEvent>(
        { type: 'OrderCredited', data: { ...data, impliedBy: 'sale' } },
        { type: 'SaleRecorded', data },
      );
    }
    case 'ordered':
      return accept<OrderEvent>({ type: 'SaleRecorded', data: factOf(told, state.place) });
    case 'sold':
      return isSame(state.sale, told) ? accept() : differs('SALE_DIFFERS', state.sale);
    default:
      return unreachable(state);
  }
};

const refund = (told: Conversion, state: OrderState): OrderDecision => {
  if (state.status !== 'sold') return reject({ code: 'SALE_MISSING' });
  const { place, sale: sold, refunds, refunded } = state;
  const refundId = told.refundId ?? told.at;
  const before = refunds.get(refundId);
  if (before !== undefined) {
    const known = { amount: before, currency: sold.currency };
    return isSame(known, told) ? accept() : differs('REFUND_DIFFERS', known);
  }
  if (told.currency !== sold.currency)
    return reject({ code: 'REFUND_CURRENCY_DIFFERS', currency: sold.currency });
  const left = sold.amount - refunded;
  if (told.amount > left) return reject({ code: 'REFUND_ABOVE_SALE', left });
  return accept<OrderEvent>({ type: 'SaleRefunded', data: { ...factOf(told, place), refundId } });
};

const decide = (told: Conversion, state: OrderState): OrderDecision => {
  switch (told.kind) {
    case 'order':
      return order(told, state);
    case 'sale':
      return sale(told, state);
    case 'refund':
      return refund(told, state);
    default:
      return unreachable(told.kind);
  }
};

/** One order of one shop: credited once, sold once, refunded in parts or whole and never above its sale. */
export const orderDecider: Decider<OrderState, Conversion, OrderEvent, OrderRejection> = {
  initialState: UNKNOWN_ORDER,
  decide,
  evolve,
};
