import { createHmac } from 'node:crypto';
import { Bots, type Bot } from '../bots.ts';
import { Counts } from '../counts.ts';
import { SendRecord } from '../record.ts';
import { Troubles, type CommonDeed } from '../rules.ts';
import { Receivers } from '../viber/receivers.ts';
import { Webhooks } from '../webhooks.ts';
import { Attachments } from './attachments.ts';
import { Chats } from './chats.ts';
import type { ErrorKind } from './graph-errors.ts';
import { Mids } from './mids.ts';
import { Pages } from './pages.ts';

/** What happens to a message, or to a whole batch; `executed`: the work is done all the same. */
export type FacebookDeed =
  | CommonDeed
  | { readonly kind: 'refused'; readonly as: ErrorKind; readonly executed: boolean }
  /** The item of a batch has no answer. */
  | { readonly kind: 'unfinished'; readonly executed: boolean };

/** What Messenger tells by itself after a message was accepted. */
export interface ReceiptPlan {
  /** In milliseconds; absent: never. */
  readonly echoAfterMs?: number;
  readonly deliveredAfterMs?: number;
  readonly seenAfterMs?: number;
  /** How often each is told. */
  readonly copies: number;
  /** Each is held up for a while of its own, so that they come in any order. */
  readonly shuffled: boolean;
  /** Deliveries name their messages, beside the watermark. */
  readonly ids: boolean;
}

/** All that the sandbox holds of Messenger. */
export class FacebookWorld {
  readonly bots: Bots;
  readonly pages = new Pages();
  readonly counts = new Counts();
  readonly webhooks = new Webhooks(this.counts, {
    headers: (bot, body) => ({ 'x-hub-signature-256': this.#signature(bot, body) }),
    takes: ({ allowedUpdates }, field) => allowedUpdates?.includes(field) ?? false,
  });
  readonly record = new SendRecord();
  readonly troubles = new Troubles<FacebookDeed>();
  /** Of whole batches. */
  readonly batchTroubles = new Troubles<FacebookDeed>();
  readonly chats = new Chats();
  readonly receivers = new Receivers();
  readonly attachments = new Attachments();
  readonly mids = new Mids();
  receipts: ReceiptPlan = { copies: 1, shuffled: false, ids: true };

  constructor(acceptAnyToken: boolean) {
    this.bots = new Bots(acceptAnyToken);
  }

  #signature(bot: Bot, body: string): string {
    const { secret } = this.pages.appOf(bot);
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  }
}
