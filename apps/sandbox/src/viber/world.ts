import { createHmac } from 'node:crypto';
import { Bots, type Bot } from '../bots.ts';
import { Counts } from '../counts.ts';
import type { ReceiptPlan } from '../receipt-plan.ts';
import { SendRecord } from '../record.ts';
import { Troubles, type CommonDeed } from '../rules.ts';
import { Webhooks, type Dialect } from '../webhooks.ts';
import { Chats } from './chats.ts';
import { Receivers } from './receivers.ts';
import { Tokens } from './tokens.ts';

/** What happens to a request to Viber, or to one receiver of a broadcast. */
export type ViberDeed = CommonDeed | { readonly kind: 'refused'; readonly as: string };

const MANDATORY: readonly string[] = ['message', 'subscribed', 'unsubscribed', 'webhook'];

const signature = ({ token }: Bot, body: string): string =>
  createHmac('sha256', token).update(body).digest('hex');

const VIBER: Dialect = {
  headers: (bot, body) => ({ 'x-viber-content-signature': signature(bot, body) }),
  takes: ({ allowedUpdates }, kind) =>
    MANDATORY.includes(kind) || allowedUpdates === undefined || allowedUpdates.includes(kind),
};

/** All that the sandbox holds of Viber. */
export class ViberWorld {
  readonly bots: Bots;
  readonly counts = new Counts();
  readonly webhooks = new Webhooks(this.counts, VIBER);
  readonly record = new SendRecord();
  readonly troubles = new Troubles<ViberDeed>();
  readonly chats = new Chats();
  readonly receivers = new Receivers();
  readonly tokens = new Tokens();
  receipts: ReceiptPlan = { copies: 1 };

  constructor(acceptAnyToken: boolean) {
    this.bots = new Bots(acceptAnyToken);
  }
}
