import type { Audience, ExclusionReason } from './audience.ts';
import type { Channel } from './channel.ts';
import type { MessageContent } from './content.ts';

export type HoldReason =
  | 'operator'
  | 'late_start'
  | 'breaker'
  | 'content_refused'
  | 'stale_lane'
  | 'statistics_behind'
  | 'bot_stopped'
  | 'illegal_history';

/** When to send: at once, or at an instant that a wall time in a zone named. */
export type StartAt =
  | { readonly mode: 'now' }
  | {
      readonly mode: 'at';
      readonly instant: string;
      /** The wall time asked for, `2026-12-01T09:00`. */
      readonly local: string;
      readonly zone: string;
      /** Where daylight saving skipped the wall time asked for: the one taken instead. */
      readonly movedTo?: string;
    };

export interface PlannedLane {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  readonly planned: number;
}

export interface Totals {
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
}

export type Excluded = Readonly<Partial<Record<ExclusionReason, number>>>;
export type RetryWhat = 'failed' | 'unconfirmed';

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data & { readonly broadcastId: string };
}

/** The facts of `broadcast-<id>`. */
export type BroadcastEvent =
  | Event<'BroadcastDrafted', { readonly name: string; readonly copyOf?: string }>
  | Event<'BroadcastRenamed', { readonly name: string }>
  | Event<'MessageComposed', { readonly content: MessageContent; readonly contentRevision: number }>
  | Event<'AudienceChosen', { readonly audience: Audience }>
  | Event<'DeliveryConfigured', { readonly speed: number }>
  | Event<'BroadcastScheduled', { readonly start: StartAt; readonly instant: string }>
  | Event<'ScheduleCancelled', object>
  | Event<'BroadcastStarted', { readonly startedAt: string }>
  | Event<
      'AudienceFrozen',
      {
        readonly planned: number;
        readonly lanes: readonly PlannedLane[];
        readonly excluded: Excluded;
      }
    >
  | Event<'BroadcastHeld', { readonly reason: HoldReason; readonly detail?: string }>
  | Event<'BroadcastResumed', object>
  | Event<
      'LaneHeld',
      { readonly lane: number; readonly reason: HoldReason; readonly detail?: string }
    >
  | Event<'LaneResumed', { readonly lane: number }>
  | Event<'BroadcastStopped', object>
  | Event<'RetryRequested', { readonly order: number; readonly what: RetryWhat }>
  | Event<'BroadcastCompleted', { readonly order: number; readonly totals: Totals }>
  | Event<'BroadcastDeleted', object>;

export type BroadcastEventType = BroadcastEvent['type'];

/** The life of a broadcast as the table shows it. */
export type BroadcastStatus =
  'draft' | 'scheduled' | 'preparing' | 'sending' | 'held' | 'sent' | 'stopped' | 'deleted';
