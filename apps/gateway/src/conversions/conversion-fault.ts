import type { Recorded } from '@crier/conversions';
import { unreachable } from '@crier/kernel';
import type { Fault } from '../problems/problem.ts';

type Rejection = Extract<Recorded, { readonly became: 'refused' }>['rejection'];

const toldAs = ({ amount, currency }: { readonly amount: number; readonly currency: string }) =>
  `${amount} ${currency}`;

/** Which field is wrong, and what to do about it. */
const sentenceOf = (rejection: Rejection): readonly [field: string, message: string] => {
  switch (rejection.code) {
    case 'UNKNOWN_REF':
      return [
        'ref',
        'This ref was not given out here; send crier_ref just as the buy link brought it.',
      ];
    case 'ORDER_DIFFERS':
      return ['amount', `This order was told already, with ${toldAs(rejection)}; that stays.`];
    case 'SALE_DIFFERS':
      return [
        'amount',
        `This sale was told already, with ${toldAs(rejection)}; refund the difference.`,
      ];
    case 'REFUND_DIFFERS':
      return [
        'amount',
        `This refund was told already, with ${toldAs(rejection)}; give another one a refundId of its own.`,
      ];
    case 'SALE_MISSING':
      return [
        'kind',
        'The sale of this order was not told yet; tell it first, then the refund again.',
      ];
    case 'REFUND_CURRENCY_DIFFERS':
      return ['currency', `The sale was paid in ${rejection.currency}; refund it in that.`];
    case 'REFUND_ABOVE_SALE':
      return ['amount', `Only ${rejection.left} of this sale can still be refunded.`];
    default:
      return unreachable(rejection);
  }
};

/** Why an item was refused, as clients see it. */
export const conversionFault = (rejection: Rejection, index: number): Fault => {
  const [field, message] = sentenceOf(rejection);
  return { path: `items[${index}].${field}`, code: rejection.code, message };
};
