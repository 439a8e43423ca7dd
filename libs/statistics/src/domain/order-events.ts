interface Event<Type extends string> {
  readonly type: Type;
  readonly data: { readonly broadcastId: string };
}

/** What a reader of totals needs of `order-<shop>-<orderId>`: each credits one broadcast, once. */
export type OrderEvent = Event<'OrderCredited'> | Event<'SaleRecorded'>;
