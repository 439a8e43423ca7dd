import type {
  Audience,
  BroadcastStatus,
  ButtonKind,
  Channel,
  Excluded,
  HoldReason,
  MessageContent,
  ReceiptKind,
  RetryWhat,
  StartAt,
} from '@crier/contracts';
import type { Instant } from '@crier/kernel';

/** `planned = sent + failed + skipped + unconfirmed + waiting`, always (P1); `waiting` is derived. */
export interface Sums {
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly waiting: number;
}

/** What messengers and shops told. `null`: no channel of this broadcast reports it. People for delivered and opened, events for the rest. */
export interface Reactions {
  readonly delivered: number | null;
  readonly opened: number | null;
  readonly clickedBuy: number;
  readonly clickedLink: number;
  readonly clickedMessage: number;
  readonly orders: number;
  readonly sales: number;
}

/** How many elements a message has: for each channel with elements of its own, and for every other. */
export interface ElementCounts {
  readonly own: Readonly<Record<Channel, number>>;
  readonly others: number;
}

/** When the message was written last, and by whom. */
export interface Composed {
  readonly at: Instant;
  readonly actor: string;
}

/** One row of the mailing-list table. */
export interface BroadcastRow extends Sums, Reactions {
  readonly id: string;
  readonly name: string;
  readonly status: BroadcastStatus;
  /** Why it is held, where it is: of the broadcast, or of its lanes. */
  readonly held: readonly {
    readonly lane?: number;
    readonly reason: HoldReason;
    readonly detail?: string;
  }[];
  readonly channels: readonly Channel[];
  /** Of the message as it is, like `composed`: null until there is one. */
  readonly elements: ElementCounts | null;
  readonly composed: Composed | null;
  readonly speed: number;
  readonly createdAt: Instant;
  /** When it is due (scheduled) or was started. */
  readonly sendAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly completedAt: Instant | null;
  /** The newest outcome: for "no progress for a minute". */
  readonly progressAt: Instant | null;
  readonly copyOf: string | null;
  /** Revision of `broadcast-<id>`: the ETag for `If-Match`. */
  readonly revision: number;
}

/** What was paid in one currency, and given back: whole numbers of its smallest unit. */
export interface Revenue {
  readonly currency: string;
  readonly amount: number;
  readonly refunded: number;
  /** Something is missing in it: the sum would have left the whole numbers that JSON keeps exactly. */
  readonly incomplete?: true;
}

export interface ChannelReport {
  readonly channel: Channel;
  readonly orders: number;
  readonly sales: number;
}

export interface ButtonReport {
  readonly button: number;
  readonly kind: ButtonKind;
  readonly label: string;
  readonly channel: Channel;
  /** All clicks, and the people behind them. */
  readonly clicks: number;
  readonly people: number;
  readonly orders: number;
  readonly sales: number;
}

export interface LaneReport extends Sums {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  readonly held: HoldReason | null;
  readonly completed: boolean;
}

/** One minute of a broadcast: outcomes and clicks that were recorded in it. */
export interface Minute {
  readonly minute: Instant;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly clicks: number;
}

export interface HistoryEntry {
  readonly revision: number;
  readonly at: Instant;
  readonly actor: string;
  /** Event type, and the few facts of it that people want to read. */
  readonly what: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Everything about one broadcast, with message, audience and settings as they are, or were when it was sent. */
export interface BroadcastReport {
  readonly row: BroadcastRow;
  readonly message: MessageContent | null;
  readonly contentRevision: number;
  readonly audience: Audience;
  readonly settings: { readonly speed: number };
  readonly start: StartAt | null;
  readonly excluded: Excluded;
  readonly lanes: readonly LaneReport[];
  readonly buttons: readonly ButtonReport[];
  /** What shops told, by channel. */
  readonly channels: readonly ChannelReport[];
  /** By currency, in order of its name. */
  readonly revenue: readonly Revenue[];
  /** Outcome and reason → recipients: `{ failed: { blocked: 12 } }`. */
  readonly reasons: Readonly<
    Record<'failed' | 'skipped' | 'unconfirmed', Readonly<Record<string, number>>>
  >;
  readonly timeline: readonly Minute[];
  readonly retries: readonly {
    readonly order: number;
    readonly what: RetryWhat;
    readonly at: Instant;
  }[];
  readonly history: readonly HistoryEntry[];
}

/** What is told of a recipient: by messengers, or by shops. */
export type ReactionKind = ReceiptKind | 'ordered';

export type RecipientOutcome = 'waiting' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';

/** One recipient: a person at one place. */
export interface RecipientRow {
  readonly broadcastId: string;
  readonly lane: number;
  readonly index: number;
  readonly contactId: string;
  readonly botId: string;
  readonly channel: Channel;
  readonly outcome: RecipientOutcome;
  readonly reason: string | null;
  /** When the outcome was recorded. */
  readonly at: Instant | null;
  readonly receipts: readonly {
    readonly kind: ReactionKind;
    readonly button?: number;
    readonly count: number;
    readonly firstAt: Instant;
  }[];
  /** On channels that report: the messages that the messenger accepted. */
  readonly messages: readonly { readonly id: string; readonly leftAt: Instant }[];
}

export const SORTABLE = [
  'sendAt',
  'createdAt',
  'name',
  'status',
  'planned',
  'sent',
  'failed',
  'skipped',
  'unconfirmed',
  'delivered',
  'opened',
  'clickedBuy',
  'clickedLink',
  'clickedMessage',
  'orders',
  'sales',
] as const;
export type SortKey = (typeof SORTABLE)[number];

export interface ListQuery {
  readonly status?: readonly BroadcastStatus[];
  readonly channel?: Channel;
  /** Part of the name, any case. */
  readonly name?: string;
  /** `sendAt`, or for drafts `createdAt`, not before and before. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly limit: number;
  /** A cursor of the same query. */
  readonly after?: string;
}

export interface RecipientQuery {
  readonly outcome?: RecipientOutcome;
  readonly reason?: string;
  readonly lane?: number;
  readonly limit: number;
  readonly after?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}
