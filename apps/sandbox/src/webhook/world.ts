import { Bots, type Bot } from '../bots.ts';
import { Conversations } from '../conversations.ts';
import { Counts } from '../counts.ts';
import type { ReceiptPlan } from '../receipt-plan.ts';
import { SendRecord } from '../record.ts';
import { Troubles, type CommonDeed } from '../rules.ts';
import { RunIds } from '../run-ids.ts';
import { Receivers } from '../viber/receivers.ts';
import { Webhooks } from '../webhooks.ts';
import type { RefusingDeed } from './refusals.ts';
import { signedHeaders } from './signatures.ts';
import { TakenKeys } from './taken-keys.ts';

/** What happens to a message. */
export type WebhookDeed = CommonDeed | RefusingDeed;

/** The secret of bots that were registered without one. */
const DEFAULT_SECRET = 'webhook-secret';

/** All that the sandbox holds of the receivers of the channel `webhook`: one for each bot. */
export class WebhookWorld {
  readonly bots: Bots;
  readonly counts = new Counts();
  readonly webhooks = new Webhooks(this.counts, {
    headers: (bot, body) => signedHeaders(this.secretOf(bot), body),
    takes: () => true,
  });
  readonly record = new SendRecord();
  readonly troubles = new Troubles<WebhookDeed>();
  readonly conversations = new Conversations();
  /** People by their numbers, for their own addresses are texts. */
  readonly people = new Receivers();
  readonly ids = new RunIds();
  readonly taken = new TakenKeys();
  receipts: ReceiptPlan = { copies: 1 };
  readonly #secrets = new Map<Bot, string>();

  constructor(acceptAnyToken: boolean) {
    this.bots = new Bots(acceptAnyToken);
  }

  secretOf(bot: Bot): string {
    return this.#secrets.get(bot) ?? DEFAULT_SECRET;
  }

  setSecret(bot: Bot, secret: string): void {
    this.#secrets.set(bot, secret);
  }
}
