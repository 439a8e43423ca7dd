import {
  DEFAULT_AUDIENCE,
  type Audience,
  type BroadcastEvent,
  type BroadcastStatus,
  type HoldReason,
  type MessageContent,
} from '@crier/contracts';

/** Messages per second unless the operator says otherwise. */
export const DEFAULT_SPEED = 25;

/** What a broadcast is, as far as `decide` has to know. */
export interface BroadcastState {
  readonly phase:
    'absent' | 'draft' | 'scheduled' | 'preparing' | 'sending' | 'sent' | 'stopped' | 'deleted';
  readonly name: string;
  readonly content: MessageContent | undefined;
  readonly contentRevision: number;
  readonly audience: Audience;
  readonly speed: number;
  /** When it is due, while scheduled. */
  readonly dueAt: string | undefined;
  readonly held: HoldReason | undefined;
  readonly heldLanes: readonly number[];
  readonly lanes: number;
  /** Retry orders asked for. */
  readonly orders: number;
  /** An order is still being carried out, or the first sending is. */
  readonly completedOrder: number | undefined;
}

export const ABSENT: BroadcastState = {
  phase: 'absent',
  name: '',
  content: undefined,
  contentRevision: 0,
  audience: DEFAULT_AUDIENCE,
  speed: DEFAULT_SPEED,
  dueAt: undefined,
  held: undefined,
  heldLanes: [],
  lanes: 0,
  orders: 0,
  completedOrder: undefined,
};

/** The status that people see. */
export const statusOf = ({
  phase,
  held,
  heldLanes,
  lanes,
}: BroadcastState): BroadcastStatus | 'absent' => {
  if (phase !== 'sending' && phase !== 'preparing' && phase !== 'scheduled') return phase;
  const allLanesHeld = lanes > 0 && heldLanes.length === lanes;
  return held !== undefined || allLanesHeld ? 'held' : phase;
};

const lastOrFirst = (state: BroadcastState, event: BroadcastEvent): Partial<BroadcastState> => {
  switch (event.type) {
    case 'BroadcastDrafted':
      return { phase: 'draft', name: event.data.name };
    case 'BroadcastRenamed':
      return { name: event.data.name };
    case 'MessageComposed':
      return { content: event.data.content, contentRevision: event.data.contentRevision };
    case 'AudienceChosen':
      return { audience: event.data.audience };
    case 'DeliveryConfigured':
      return { speed: event.data.speed };
    case 'BroadcastScheduled':
      return { phase: 'scheduled', dueAt: event.data.instant };
    case 'ScheduleCancelled':
      return { phase: 'draft', dueAt: undefined, held: undefined };
    case 'BroadcastStarted':
      return { phase: 'preparing', dueAt: undefined, held: undefined };
    case 'AudienceFrozen':
      return { phase: 'sending', lanes: event.data.lanes.length };
    default:
      return lifeOf(state, event);
  }
};

const lifeOf = (state: BroadcastState, event: BroadcastEvent): Partial<BroadcastState> => {
  switch (event.type) {
    case 'BroadcastHeld':
      return { held: event.data.reason };
    case 'BroadcastResumed':
      return { held: undefined, heldLanes: [] };
    case 'LaneHeld':
      return { heldLanes: [...state.heldLanes, event.data.lane] };
    case 'LaneResumed':
      return { heldLanes: state.heldLanes.filter((lane) => lane !== event.data.lane) };
    case 'BroadcastStopped':
      return { phase: 'stopped', held: undefined, heldLanes: [] };
    case 'RetryRequested':
      return { phase: 'sending', orders: event.data.order, held: undefined };
    case 'BroadcastCompleted':
      return {
        phase: state.phase === 'stopped' ? 'stopped' : 'sent',
        completedOrder: event.data.order,
      };
    case 'BroadcastDeleted':
      return { phase: 'deleted' };
    default:
      return {};
  }
};

/** The state after one more fact. Never refuses. */
export const evolve = (state: BroadcastState, event: BroadcastEvent): BroadcastState => ({
  ...state,
  ...lastOrFirst(state, event),
});
