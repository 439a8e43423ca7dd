import {
  elementsFor,
  type BroadcastEvent,
  type Element,
  type HoldReason,
  type MessageContent,
  type RetryWhat,
} from '@crier/contracts';
import { NO_STREAM, type Revision } from '@crier/kernel';

/** What an owner knows of a broadcast: folded from its stream, then from news of a higher revision (R17, R18). */
export interface BroadcastView {
  readonly revision: Revision;
  readonly phase: 'before' | 'sending' | 'stopped' | 'completed';
  readonly held: boolean;
  /** Why, while it is held. */
  readonly heldFor: HoldReason | undefined;
  readonly heldLanes: ReadonlySet<number>;
  readonly orders: readonly RetryWhat[];
  readonly content: MessageContent | undefined;
  readonly contentRevision: number;
  /** Whether the newest pause was recorded and ended: a resumed lane may be old (P9). */
  readonly resumedAt: string | undefined;
}

export const UNKNOWN_BROADCAST: BroadcastView = {
  revision: NO_STREAM,
  phase: 'before',
  held: false,
  heldFor: undefined,
  heldLanes: new Set(),
  orders: [],
  content: undefined,
  contentRevision: 0,
  resumedAt: undefined,
};

const without = (lanes: ReadonlySet<number>, lane: number): ReadonlySet<number> =>
  new Set([...lanes].filter((other) => other !== lane));

const changeBy = (
  view: BroadcastView,
  event: BroadcastEvent,
  at: string,
): Partial<BroadcastView> => {
  switch (event.type) {
    case 'MessageComposed':
      return { content: event.data.content, contentRevision: event.data.contentRevision };
    case 'BroadcastStarted':
      return { phase: 'sending', resumedAt: at };
    case 'BroadcastHeld':
      return { held: true, heldFor: event.data.reason };
    case 'BroadcastResumed':
      return { held: false, heldFor: undefined, resumedAt: at };
    case 'LaneHeld':
      return { heldLanes: new Set([...view.heldLanes, event.data.lane]) };
    case 'LaneResumed':
      return { heldLanes: without(view.heldLanes, event.data.lane), resumedAt: at };
    case 'BroadcastStopped':
      return { phase: 'stopped' };
    case 'RetryRequested':
      return { phase: 'sending', orders: [...view.orders, event.data.what], resumedAt: at };
    case 'BroadcastCompleted':
      return { phase: 'completed' };
    default:
      return {};
  }
};

/** The view after one event; an older or known revision changes nothing. */
export const viewAfter = (
  view: BroadcastView,
  event: BroadcastEvent,
  revision: Revision,
  at: string,
): BroadcastView =>
  revision <= view.revision ? view : { ...view, ...changeBy(view, event, at), revision };

/** Requests of this lane may leave. */
export const maySend = (view: BroadcastView, lane: number): boolean =>
  view.phase === 'sending' && !view.held && !view.heldLanes.has(lane);

/** What this channel shows, as composed. */
export const contentOf = (view: BroadcastView, channel: string): readonly Element[] =>
  view.content ? elementsFor(view.content, channel) : [];
