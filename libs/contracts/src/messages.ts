import type { BroadcastEvent } from './broadcast-events.ts';
import type { Element } from './content.ts';
import type { ReceiptKind } from './delivery-events.ts';

/** The value of `lifecycle`: one event of a broadcast, as news. An older revision than the known one is ignored. */
export interface LifecycleMessage {
  readonly v: 1;
  readonly broadcastId: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly event: BroadcastEvent;
}

/** The value of `lanes.<channel>`, key `<broadcastId>/<lane>`, partitioned by bot; null when the lane is closed. */
export interface LaneMessage {
  readonly v: 1;
  readonly broadcastId: string;
  readonly lane: number;
  readonly botId: string;
  readonly planned: number;
  /** Parts per second that this lane may send. */
  readonly share: number;
  /** Part of a second (0 ≤ phase < 1) by which its beat is shifted against the other lanes'. */
  readonly phase: number;
  /** An increased share is used from this instant on. */
  readonly from: string;
}

export const laneKey = (broadcastId: string, lane: number): string => `${broadcastId}/${lane}`;

/** Which messages to a person a receipt speaks of; whichever way finds a message counts. */
export interface ReceiptScope {
  /** Ids, as the sends were answered. */
  readonly ids?: readonly string[];
  /** All whose id is a number not above this. */
  readonly upToId?: string;
  /** All that had left by this instant. */
  readonly upTo?: string;
  /** All that left with this key. */
  readonly key?: number;
}

/**
 * The value of `receipts.<channel>`, key and partition: the bot. It names its place by a ref; by a ref without an index,
 * and the contact; or by the contact, and which of the messages to them.
 */
export interface ReceiptMessage {
  readonly v: 1;
  readonly botId: string;
  readonly contactId?: string;
  /** `sent` only proves that a message was. */
  readonly kind: ReceiptKind | 'sent';
  readonly ref?: string;
  readonly which?: ReceiptScope;
  readonly at: string;
  /** When the webhook came, by Crier's clock. */
  readonly arrivedAt?: string;
  readonly dedupe: string;
  /** Of `receipts-again.<channel>`: looked for so often before, and not to be looked for again before this instant. */
  readonly again?: { readonly tries: number; readonly notBefore: string };
}

/** The value of `errands.<channel>`, key and partition: the bot. Replies first, then tests. */
export type ErrandMessage =
  | {
      readonly v: 1;
      readonly kind: 'test';
      readonly errandId: string;
      readonly botId: string;
      readonly broadcastId: string;
      readonly contactId: string;
      readonly elements: readonly Element[];
      /** The gateway copy that wants to know what became of it. */
      readonly replyTo?: string;
    }
  | {
      readonly v: 1;
      readonly kind: 'answer_press';
      readonly errandId: string;
      readonly botId: string;
      /** Who pressed, where they are known. */
      readonly contactId?: string;
      readonly pressId: string;
      readonly text?: string;
    };

/** The value of `commands`, key: the broadcast. `data` is checked by whoever carries it out. */
export interface CommandMessage {
  readonly v: 1;
  readonly commandId: string;
  readonly broadcastId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly correlationId: string;
  readonly askedAt: string;
  /** Refuse unless the broadcast stands at this revision. */
  readonly ifRevision?: number;
  /** The gateway copy that wants to know what became of it. */
  readonly replyTo?: string;
}

/** The value of a reply topic, key: the command. */
export interface ReplyMessage {
  readonly v: 1;
  readonly commandId: string;
  readonly broadcastId: string;
  readonly accepted: boolean;
  /** The broadcast's revision after the command. */
  readonly revision: number;
  readonly rejection?: { readonly code: string; readonly [field: string]: unknown };
}
