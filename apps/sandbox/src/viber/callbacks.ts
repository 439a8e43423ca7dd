import type { Bot } from '../bots.ts';
import { followPlan } from '../receipt-plan.ts';
import type { Delivery } from '../webhooks.ts';
import type { ViberWorld } from './world.ts';

/** A callback before it has a time and, unless it names a message, a token. */
export interface Callback {
  readonly event: string;
  /** Decimal digits. */
  readonly token?: string | undefined;
  readonly fields: Readonly<{ [field: string]: unknown }>;
}

/** The body of a callback; its token is a number of 64 bits, which JSON can write and JavaScript cannot. */
export const callbackBody = (world: ViberWorld, { event, token, fields }: Callback): string => {
  const written = JSON.stringify({ event, timestamp: Date.now(), ...fields });
  return `${written.slice(0, -1)},"message_token":${token ?? world.tokens.takeCallback()}}`;
};

/** Brings a callback to the bot's webhook. */
export const callBack = (
  world: ViberWorld,
  bot: Bot,
  callback: Callback & { readonly retry: boolean },
): Promise<Delivery> => {
  const body = callbackBody(world, callback);
  return world.webhooks.deliverBody(bot, { kind: callback.event, body }, callback.retry);
};

/** What the phone of somebody who got a message tells about it, by itself and in its own time. */
export const scheduleReceipts = (
  world: ViberWorld,
  bot: Bot,
  { receiver, token }: { readonly receiver: string; readonly token: string },
): void => {
  followPlan(world.receipts, (event, copies) => {
    const callback = { event, token, fields: { user_id: receiver }, retry: true };
    for (let copy = 0; copy < copies; copy += 1) void callBack(world, bot, callback);
  });
};
