import { orderStream, type OrderEvent } from '@crier/contracts';
import type { Random } from '@crier/kernel/testing';
import { at, type Fact } from './facts.ts';

const CURRENCIES = ['EUR', 'USD', 'XTR'] as const;

interface Placed {
  readonly broadcastId: string;
  /** Recipients by lane. */
  readonly lanes: readonly number[];
}

const below = (random: Random, most: number): number => Math.floor(random() * most);

/** One order's facts: credited, mostly sold, sometimes refunded in parts. */
const order = (random: Random, { broadcastId, lanes }: Placed, number: number): readonly Fact[] => {
  const shop = `shop${below(random, 2)}`;
  const orderId = `${broadcastId}.${number}`;
  const lane = below(random, lanes.length);
  const second = below(random, 3_000);
  const amount = 1 + below(random, 100_000);
  const data = {
    shop,
    orderId,
    broadcastId,
    lane,
    index: below(random, lanes[lane] ?? 1),
    button: below(random, 2),
    currency: CURRENCIES[below(random, CURRENCIES.length)] ?? 'EUR',
    at: at(second),
  };
  const fact = (event: OrderEvent): Fact => ({ stream: orderStream(shop, orderId), event, second });
  const credited = fact({ type: 'OrderCredited', data: { ...data, amount } });
  if (random() < 0.2) return [credited];
  const parts = below(random, 3);
  return [
    credited,
    fact({ type: 'SaleRecorded', data: { ...data, amount } }),
    ...Array.from({ length: parts }, (_, part) =>
      fact({
        type: 'SaleRefunded',
        data: { ...data, amount: Math.max(1, Math.floor(amount / 4)), refundId: `${part}` },
      }),
    ),
  ];
};

/** Some orders of one broadcast, one after another. */
export const randomOrders = (random: Random, placed: Placed, count: number): readonly Fact[] =>
  Array.from({ length: count }, (_, number) => order(random, placed, number)).flat();
