interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * What shops, their orders and refunds are named with: an opaque text that names a stream. A messenger is a shop too,
 * `<channel>:<botId>`, for what is paid inside it. For JSON Schema as well.
 */
export const SHOP_PATTERN = String.raw`^[A-Za-z0-9][\w.:-]{0,127}$`;

/** ISO 4217, or a messenger's own, as `XTR`. */
export const CURRENCY_PATTERN = '^[A-Z]{3}$';

/** Of one order, sale or refund at most, in the currency's smallest unit: sums of thousands stay exact. */
export const MOST_AMOUNT = 1_000_000_000_000;

/** What every fact of an order says. No person is named: the place stands for one. */
interface OrderFact {
  readonly shop: string;
  readonly orderId: string;
  /** The place that is credited, for every fact of this order the same. */
  readonly broadcastId: string;
  readonly lane: number;
  /** Absent where the button was the same for everybody. */
  readonly index?: number;
  readonly button: number;
  /** A whole number of the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  /** By the shop's clock. */
  readonly at: string;
}

/** The facts of `order-<shop>-<orderId>`. The first credit wins; each fact but a refund is there once at most. */
export type OrderEvent =
  | Event<
      'OrderCredited',
      OrderFact & {
        /** Nobody told of the order itself: its sale did, and gave it its amount. */
        readonly impliedBy?: 'sale';
      }
    >
  | Event<'SaleRecorded', OrderFact>
  | Event<
      'SaleRefunded',
      OrderFact & {
        /** The shop's own name of this refund; where it gave none, the instant of the refund. */
        readonly refundId: string;
      }
    >;
