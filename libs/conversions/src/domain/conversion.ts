/** The place and the button that led somebody to the shop: what is credited. */
export interface Place {
  readonly broadcastId: string;
  readonly lane: number;
  readonly index?: number;
  readonly button: number;
}

/** A whole number of the currency's smallest unit. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export type ConversionKind = 'order' | 'sale' | 'refund';

/** What a shop reports of one of its orders. */
export interface Conversion extends Money {
  readonly kind: ConversionKind;
  readonly shop: string;
  readonly orderId: string;
  readonly place: Place;
  /** By the shop's clock. */
  readonly at: string;
  /** Names a refund among those of its order; where absent, its instant does. */
  readonly refundId?: string;
}

/** Why a conversion is not taken. `…_DIFFERS`: it was told already, with other money; what was told first stays. */
export type OrderRejection =
  | ({ readonly code: 'ORDER_DIFFERS' | 'SALE_DIFFERS' | 'REFUND_DIFFERS' } & Money)
  /** A refund of what is not sold yet: to be told again once the sale is. */
  | { readonly code: 'SALE_MISSING' }
  | { readonly code: 'REFUND_CURRENCY_DIFFERS'; readonly currency: string }
  /** `left`: what can still be refunded. */
  | { readonly code: 'REFUND_ABOVE_SALE'; readonly left: number };
