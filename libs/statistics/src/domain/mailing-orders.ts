import type { OrderEvent } from '@crier/contracts';
import { IllegalHistory, type Handlers } from '@crier/kernel';
import type { Credits, Mailing, Money } from './mailing.ts';
import { buttonKey, existing } from './mailing-reactions.ts';

type Data = OrderEvent['data'];

const NO_MONEY: Money = { amount: 0, refunded: 0 };
const NO_CREDITS: Credits = { orders: 0, sales: 0 };

/** What would leave the whole numbers that are kept exactly is left out, and said to be: a wrong sum is no sum. */
const added = (money: Money, what: 'amount' | 'refunded', by: number): Money => {
  const sum = money[what] + by;
  return Number.isSafeInteger(sum) ? { ...money, [what]: sum } : { ...money, incomplete: true };
};

const withMoney = (
  { revenue = {} }: Mailing,
  what: 'amount' | 'refunded',
  { currency, amount }: Data,
): Readonly<Record<string, Money>> => ({
  ...revenue,
  [currency]: added(revenue[currency] ?? NO_MONEY, what, amount),
});

const withCredit = (
  mailing: Mailing,
  what: keyof Credits,
  { broadcastId, lane, button }: Data,
): Readonly<Record<string, Credits>> => {
  const channel = existing(mailing, broadcastId).lanes[lane]?.channel;
  if (channel === undefined)
    throw new IllegalHistory('An order of a lane that was never planned', { broadcastId, lane });
  const { credits = {} } = mailing;
  const key = buttonKey(channel, button);
  const known = credits[key] ?? NO_CREDITS;
  return { ...credits, [key]: { ...known, [what]: known[what] + 1 } };
};

/** Orders, sales and money: `order-…`, where each fact is there once. @throws IllegalHistory */
export const orderHandlers: Handlers<Mailing, OrderEvent> = {
  OrderCredited: (mailing, { event }) => ({
    ...mailing,
    orders: mailing.orders + 1,
    credits: withCredit(mailing, 'orders', event.data),
  }),
  SaleRecorded: (mailing, { event }) => ({
    ...mailing,
    sales: mailing.sales + 1,
    credits: withCredit(mailing, 'sales', event.data),
    revenue: withMoney(mailing, 'amount', event.data),
  }),
  SaleRefunded: (mailing, { event }) => ({
    ...existing(mailing, event.data.broadcastId),
    revenue: withMoney(mailing, 'refunded', event.data),
  }),
};
