import {
  DEFAULT_AUDIENCE,
  type Audience,
  type BroadcastStatus,
  type Channel,
  type Excluded,
  type HoldReason,
  type MessageContent,
  type StartAt,
} from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import type { BroadcastReport, Composed, HistoryEntry, Sums } from '../application/documents.ts';
import type { Outcome } from './moves.ts';

/** One lane's totals, as its own stream tells them. */
export interface MailingLane {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly completed: boolean;
  /** Retry orders served. */
  readonly order: number;
  /** Of `delivery-…`: the last event folded. */
  readonly revision: number;
}

export interface Clicks {
  readonly clicks: number;
  readonly people: number;
}

/** What a button brought. */
export interface Credits {
  readonly orders: number;
  readonly sales: number;
}

/** In one currency, in its smallest unit. */
export interface Money {
  readonly amount: number;
  readonly refunded: number;
  /** Something was left out, because a sum would have left the whole numbers that are kept exactly. */
  readonly incomplete?: true;
}

export interface Hold {
  readonly lane?: number;
  readonly reason: HoldReason;
  readonly detail?: string;
}

/** The document of one broadcast: its row and its report without the timeline. */
export interface Mailing {
  readonly id: string;
  readonly phase: Exclude<BroadcastStatus, 'held'>;
  readonly name: string;
  readonly copyOf: string | null;
  /** Of `broadcast-…`; −1 before its first event. */
  readonly revision: number;
  readonly message: MessageContent | null;
  readonly contentRevision: number;
  /** Absent in documents of version 2, which serve until they are rebuilt. */
  readonly composed?: Composed | null;
  readonly audience: Audience;
  readonly speed: number;
  readonly start: StartAt | null;
  readonly held: Hold | null;
  readonly heldLanes: readonly (Hold & { readonly lane: number })[];
  readonly createdAt: Instant;
  readonly sendAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly progressAt: Instant | null;
  readonly excluded: Excluded;
  readonly lanes: readonly MailingLane[];
  readonly reasons: BroadcastReport['reasons'];
  /** People. */
  readonly delivered: number;
  readonly opened: number;
  /** By `<channel>/<button>`. */
  readonly clicks: Readonly<Record<string, Clicks>>;
  readonly orders: number;
  readonly sales: number;
  /** By `<channel>/<button>`. Absent in documents of version 1, which serve until they are rebuilt. */
  readonly credits?: Readonly<Record<string, Credits>>;
  /** By currency. Absent as above. */
  readonly revenue?: Readonly<Record<string, Money>>;
  readonly retries: BroadcastReport['retries'];
  readonly history: readonly HistoryEntry[];
}

const DEFAULT_SPEED = 25;

/** Before the first event. */
export const NO_MAILING: Mailing = {
  id: '',
  phase: 'draft',
  name: '',
  copyOf: null,
  revision: -1,
  message: null,
  contentRevision: 0,
  composed: null,
  audience: DEFAULT_AUDIENCE,
  speed: DEFAULT_SPEED,
  start: null,
  held: null,
  heldLanes: [],
  createdAt: '',
  sendAt: null,
  startedAt: null,
  completedAt: null,
  progressAt: null,
  excluded: {},
  lanes: [],
  reasons: { failed: {}, skipped: {}, unconfirmed: {} },
  delivered: 0,
  opened: 0,
  clicks: {},
  orders: 0,
  sales: 0,
  credits: {},
  revenue: {},
  retries: [],
  history: [],
};

/** Totals with what is derived from them. */
export const sumsOf = (
  totals: Readonly<Record<Outcome, number>> & { readonly planned: number },
): Sums => {
  const { planned, sent, failed, skipped, unconfirmed } = totals;
  const waiting = planned - sent - failed - skipped - unconfirmed;
  return { planned, sent, failed, skipped, unconfirmed, waiting };
};

/** The sums of all lanes. */
export const totalOf = (lanes: readonly MailingLane[]): Sums =>
  sumsOf(
    lanes.reduce(
      (sum, lane) => ({
        planned: sum.planned + lane.planned,
        sent: sum.sent + lane.sent,
        failed: sum.failed + lane.failed,
        skipped: sum.skipped + lane.skipped,
        unconfirmed: sum.unconfirmed + lane.unconfirmed,
      }),
      { planned: 0, sent: 0, failed: 0, skipped: 0, unconfirmed: 0 },
    ),
  );

/** The life of a broadcast as the table shows it. */
export const statusOf = ({ phase, held, heldLanes, lanes }: Mailing): BroadcastStatus => {
  if (phase !== 'sending' && phase !== 'preparing' && phase !== 'scheduled') return phase;
  const allLanesHeld = lanes.length > 0 && heldLanes.length === lanes.length;
  return held !== null || allLanesHeld ? 'held' : phase;
};
