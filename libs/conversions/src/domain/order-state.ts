import type { OrderEvent } from '@crier/contracts';
import { unreachable } from '@crier/kernel';
import type { Money, Place } from './conversion.ts';

interface Credited {
  readonly place: Place;
  /** What the shop told of the order itself; absent where only its sale did. */
  readonly order?: Money;
}

/** One order of one shop, as far as decisions need it. */
export type OrderState =
  | { readonly status: 'unknown' }
  | ({ readonly status: 'ordered' } & Credited)
  | ({
      readonly status: 'sold';
      readonly sale: Money;
      /** By their names. */
      readonly refunds: ReadonlyMap<string, number>;
      readonly refunded: number;
    } & Credited);

export const UNKNOWN_ORDER: OrderState = { status: 'unknown' };

const placeOf = ({ broadcastId, lane, index, button }: OrderEvent['data']): Place => ({
  broadcastId,
  lane,
  ...(index === undefined ? {} : { index }),
  button,
});

const moneyOf = ({ amount, currency }: OrderEvent['data']): Money => ({ amount, currency });

/** A sale whose order is missing cannot have been stored; it is taken as its own order all the same. */
const creditedBy = (state: OrderState, data: OrderEvent['data']): Credited => {
  if (state.status === 'unknown') return { place: placeOf(data) };
  const { place, order } = state;
  return { place, ...(order === undefined ? {} : { order }) };
};

export const evolve = (state: OrderState, event: OrderEvent): OrderState => {
  switch (event.type) {
    case 'OrderCredited': {
      const place = placeOf(event.data);
      return event.data.impliedBy === undefined
        ? { status: 'ordered', place, order: moneyOf(event.data) }
        : { status: 'ordered', place };
    }
    case 'SaleRecorded': {
      const sale = moneyOf(event.data);
      return {
        status: 'sold',
        ...creditedBy(state, event.data),
        sale,
        refunds: new Map(),
        refunded: 0,
      };
    }
    case 'SaleRefunded': {
      if (state.status !== 'sold') return state;
      const { refundId, amount } = event.data;
      return {
        ...state,
        refunds: new Map(state.refunds).set(refundId, amount),
        refunded: state.refunded + amount,
      };
    }
    default:
      return unreachable(event);
  }
};
