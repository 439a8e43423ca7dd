import type {
  Audience,
  Excluded,
  HoldReason,
  MessageContent,
  PlannedLane,
  RetryWhat,
  StartAt,
  Totals,
} from '@crier/contracts';

interface Command<Type extends string, Data = object> {
  readonly type: Type;
  readonly data: Data;
  readonly broadcastId: string;
  /** When it was asked for, by the asker's clock. */
  readonly now: string;
}

/** Every order that a broadcast can be given. */
export type BroadcastCommand =
  | Command<'DraftBroadcast', { readonly name: string; readonly copyOf?: BroadcastCopy }>
  | Command<'RenameBroadcast', { readonly name: string }>
  | Command<'ComposeMessage', { readonly content: MessageContent }>
  | Command<'ChooseAudience', { readonly audience: Audience }>
  | Command<'ConfigureDelivery', { readonly speed: number }>
  | Command<'ActivateBroadcast', { readonly start: StartAt }>
  | Command<'CancelSchedule'>
  | Command<'StartBroadcast', { readonly late?: boolean }>
  | Command<
      'FreezeAudience',
      {
        readonly planned: number;
        readonly lanes: readonly PlannedLane[];
        readonly excluded: Excluded;
      }
    >
  | Command<'HoldBroadcast', { readonly reason: HoldReason; readonly detail?: string }>
  | Command<'ResumeBroadcast'>
  | Command<
      'HoldLane',
      { readonly lane: number; readonly reason: HoldReason; readonly detail?: string }
    >
  | Command<'StopBroadcast'>
  | Command<'RequestRetry', { readonly what: RetryWhat }>
  | Command<'CompleteBroadcast', { readonly order: number; readonly totals: Totals }>
  | Command<'DeleteBroadcast'>;

/** What a copy takes over. */
export interface BroadcastCopy {
  readonly broadcastId: string;
  readonly content?: MessageContent;
  readonly audience: Audience;
  readonly speed: number;
}

/** Why the business says no. Codes are stable API. */
export type BroadcastRejection =
  | { readonly code: 'BROADCAST_NOT_FOUND' }
  | { readonly code: 'BROADCAST_EXISTS' }
  | { readonly code: 'BROADCAST_DELETED' }
  | { readonly code: 'REVISION_MISMATCH'; readonly expected: number; readonly actual: number }
  | { readonly code: 'NOT_EDITABLE'; readonly status: string }
  | { readonly code: 'MESSAGE_MISSING' }
  | { readonly code: 'ALREADY_ACTIVATED'; readonly status: string }
  | { readonly code: 'START_IN_PAST'; readonly instant: string }
  | { readonly code: 'NOT_SCHEDULED'; readonly status: string }
  | { readonly code: 'NOT_ACTIVE'; readonly status: string }
  | { readonly code: 'NOT_HELD'; readonly status: string }
  | { readonly code: 'NOTHING_TO_RETRY'; readonly status: string }
  | { readonly code: 'ORDER_MISMATCH'; readonly expected: number; readonly actual: number }
  | { readonly code: 'STILL_SENDING'; readonly status: string }
  | { readonly code: 'UNKNOWN_LANE'; readonly lane: number };
