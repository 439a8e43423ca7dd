/** Stream names, each built here and nowhere else. */
export const broadcastStream = (broadcastId: string): string => `broadcast-${broadcastId}`;
export const audienceStream = (broadcastId: string): string => `audience-${broadcastId}`;
export const deliveryStream = (broadcastId: string, lane: number): string =>
  `delivery-${broadcastId}-${lane}`;
export const receiptsStream = (broadcastId: string, lane: number, shard: number): string =>
  `receipts-${broadcastId}-${lane}-${shard}`;
export const orderStream = (shop: string, orderId: string): string => `order-${shop}-${orderId}`;

/** Recipients of one receipts stream. */
export const SHARD_SIZE = 16_000;

/** Beginnings of stream names, for subscriptions. */
export const streamPrefixes = {
  broadcast: 'broadcast-',
  audience: 'audience-',
  delivery: 'delivery-',
  receipts: 'receipts-',
  order: 'order-',
} as const;

/** The lane that a `delivery-…` or `receipts-…` stream belongs to. Broadcast ids contain dashes; lanes and shards do not. */
export const laneOfStream = (stream: string): { broadcastId: string; lane: number } | undefined => {
  const found = /^(?:delivery-(.+)-(\d+)|receipts-(.+)-(\d+)-\d+)$/.exec(stream);
  const broadcastId = found?.[1] ?? found?.[3];
  const lane = found?.[2] ?? found?.[4];
  return broadcastId === undefined || lane === undefined
    ? undefined
    : { broadcastId, lane: Number(lane) };
};
