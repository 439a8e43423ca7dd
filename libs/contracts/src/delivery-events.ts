import type { Excluded, RetryWhat } from './broadcast-events.ts';
import type { Channel } from './channel.ts';

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/** Recipients of one batch at most: the unit of planning and reading. */
export const BATCH_SIZE = 500;

/** The facts of `audience-<broadcastId>`. The lanes' order is the order of the bots' first recipients. */
export type AudienceEvent =
  | Event<
      'BatchPlanned',
      {
        readonly broadcastId: string;
        readonly lane: number;
        readonly botId: string;
        readonly channel: Channel;
        /** Index in the lane of the first contact. */
        readonly from: number;
        readonly contactIds: readonly string[];
        /** The scan goes on after this contact. The same in every event of one append. */
        readonly scannedTo: string;
      }
    >
  /** Leads the append of a page in which contacts got no place, or nobody did. */
  | Event<
      'PageScanned',
      { readonly broadcastId: string; readonly scannedTo: string; readonly excluded: Excluded }
    >
  | Event<
      'AudiencePlanned',
      {
        readonly broadcastId: string;
        readonly planned: number;
        readonly excluded: Excluded;
        readonly lanes: readonly LanePlan[];
      }
    >;

export interface LanePlan {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  readonly planned: number;
  /** For each batch, in order: its revision in the audience stream and the index of its first recipient. */
  readonly batches: readonly (readonly [revision: number, from: number])[];
}

export type SettledOutcome = 'sent' | 'failed' | 'skipped' | 'unconfirmed' | 'returned';
export type LearnedOutcome = 'sent' | 'failed' | 'skipped';

export interface EntryDetail {
  /**
   * Ids that the messenger gave to the parts it accepted and, where receipts may come by time, when each left
   * (milliseconds since 1970). Accepted parts never leave again.
   */
  readonly parts?: readonly (readonly [part: number, id: string, at?: number])[];
  readonly reason?: string;
  /** Of `returned` only: not to be opened before this instant. */
  readonly notBefore?: string;
}

/** What became of one recipient. Of two elements where there is nothing more to say. */
export type Entry<Outcome extends string = SettledOutcome> =
  | readonly [index: number, outcome: Outcome]
  | readonly [index: number, outcome: Outcome, detail: EntryDetail];

/** Indexes in short: `[from, count]` runs, in order. */
export type Runs = readonly (readonly [from: number, count: number])[];

/** The facts of `delivery-<broadcastId>-<lane>`: see the lane protocol. */
export type DeliveryEvent =
  | Event<'LanePrepared', { readonly assets: Readonly<Record<string, string>> }>
  | Event<
      'WindowTurned',
      {
        readonly epoch: string;
        readonly settled: readonly Entry[];
        readonly opened?: { readonly indexes: Runs; readonly contentRevision: number };
      }
    >
  | Event<'OutcomeLearned', { readonly learned: readonly Entry<LearnedOutcome>[] }>
  | Event<
      'LaneReopened',
      { readonly order: number; readonly what: RetryWhat; readonly count: number }
    >
  | Event<
      'LaneCompleted',
      {
        readonly order: number;
        readonly sent: number;
        readonly failed: number;
        readonly skipped: number;
        readonly unconfirmed: number;
        /** The part of `skipped` that a stop left untried. */
        readonly stopped: number;
      }
    >;

export type ReceiptKind = 'delivered' | 'opened' | 'clicked';

export interface Receipt {
  readonly index: number;
  readonly kind: ReceiptKind;
  /** Index of the button among the content's buttons, for `clicked`. */
  readonly button?: number;
  readonly at: string;
  /** The first of its kind (and button) of this recipient. Decided by the stream's own state. */
  readonly first?: boolean;
  /** Short hash of the webhook's own id: a repeat is recognised by it. */
  readonly dedupe: string;
}

/** The facts of `receipts-<broadcastId>-<lane>-<shard>`. */
export type ReceiptsEvent = Event<
  'ReceiptsRecorded',
  {
    readonly broadcastId: string;
    readonly lane: number;
    readonly receipts: readonly Receipt[];
    /** The last bus offset folded, per partition. */
    readonly source: { readonly partition: number; readonly offset: string };
  }
>;
