import { AdminFields } from './admin-fields.ts';

/** What people's phones do by themselves after a message was accepted. */
export interface ReceiptPlan {
  /** In milliseconds; absent: never. */
  readonly deliveredAfterMs?: number;
  readonly seenAfterMs?: number;
  /** How often each is told. */
  readonly copies: number;
}

/** Reads what `PUT receipts` takes. @throws BadInput naming the field. */
export const readReceiptPlan = (body: unknown): ReceiptPlan => {
  const fields = new AdminFields(body).only(['deliveredAfterMs', 'seenAfterMs', 'copies']);
  const deliveredAfterMs = fields.optionalInteger('deliveredAfterMs', 0);
  const seenAfterMs = fields.optionalInteger('seenAfterMs', 0);
  return {
    ...(deliveredAfterMs === undefined ? {} : { deliveredAfterMs }),
    ...(seenAfterMs === undefined ? {} : { seenAfterMs }),
    copies: fields.optionalInteger('copies', 1) ?? 1,
  };
};

/** Has everything told that the plan says of a message, each in its own time. */
export const followPlan = (
  { deliveredAfterMs, seenAfterMs, copies }: ReceiptPlan,
  tell: (what: 'delivered' | 'seen', copies: number) => void,
): void => {
  if (deliveredAfterMs !== undefined)
    setTimeout(tell, deliveredAfterMs, 'delivered', copies).unref();
  if (seenAfterMs !== undefined) setTimeout(tell, seenAfterMs, 'seen', copies).unref();
};
