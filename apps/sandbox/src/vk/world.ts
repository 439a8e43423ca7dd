import { Bots } from '../bots.ts';
import { Counts } from '../counts.ts';
import { SendRecord } from '../record.ts';
import { Troubles, type CommonDeed } from '../rules.ts';
import { CallbackServers } from './callback-servers.ts';
import { Chats } from './chats.ts';
import { Dialogs } from './dialogs.ts';
import type { Scope } from './errors.ts';
import { Uploads } from './uploads.ts';

/** What happens to a message to one recipient, to its call, or to the whole request. */
export type VkDeed =
  CommonDeed | { readonly kind: 'refused'; readonly code: number; readonly scope: Scope };

/** What VK tells by itself about messages that were accepted. */
export interface ReceiptPlan {
  /** That VK has the message, in milliseconds; absent: never. */
  readonly sentAfterMs?: number;
  /** That it was read. */
  readonly seenAfterMs?: number;
  /** How often each is told. */
  readonly copies: number;
  /** Whether they come in another order than they happened. */
  readonly shuffled: boolean;
}

/** All that the sandbox holds of VK. */
export class VkWorld {
  readonly bots: Bots;
  readonly counts = new Counts();
  readonly servers = new CallbackServers(this.counts);
  readonly record = new SendRecord();
  readonly troubles = new Troubles<VkDeed>();
  readonly chats = new Chats();
  readonly dialogs = new Dialogs();
  readonly uploads = new Uploads();
  receipts: ReceiptPlan = { copies: 1, shuffled: false };

  constructor(acceptAnyToken: boolean) {
    this.bots = new Bots(acceptAnyToken);
  }
}
