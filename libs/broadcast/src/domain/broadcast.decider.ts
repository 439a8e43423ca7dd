import type { BroadcastEvent } from '@crier/contracts';
import { accept, reject, unreachable, type Decider, type Decision, type Of } from '@crier/kernel';
import type { BroadcastCommand, BroadcastRejection } from './commands.ts';
import { ABSENT, evolve, statusOf, type BroadcastState } from './state.ts';

export type BroadcastDecision = Decision<BroadcastEvent, BroadcastRejection>;
type Decide<Type extends BroadcastCommand['type']> = (
  command: Of<BroadcastCommand, Type>,
  state: BroadcastState,
) => BroadcastDecision;

const draft: Decide<'DraftBroadcast'> = ({ broadcastId, data }, state) => {
  if (state.phase !== 'absent') return reject({ code: 'BROADCAST_EXISTS' });
  const { name, copyOf } = data;
  if (!copyOf)
    return accept<BroadcastEvent>({ type: 'BroadcastDrafted', data: { broadcastId, name } });
  const { content, audience, speed } = copyOf;
  return accept<BroadcastEvent>(
    { type: 'BroadcastDrafted', data: { broadcastId, name, copyOf: copyOf.broadcastId } },
    ...(content
      ? [{ type: 'MessageComposed' as const, data: { broadcastId, content, contentRevision: 1 } }]
      : []),
    { type: 'AudienceChosen', data: { broadcastId, audience } },
    { type: 'DeliveryConfigured', data: { broadcastId, speed } },
  );
};

/** The name may change at any time; the three steps only in a draft: what is sent is what was shown. */
const rename: Decide<'RenameBroadcast'> = ({ broadcastId, data: { name } }, state) =>
  state.name === name
    ? accept()
    : accept<BroadcastEvent>({ type: 'BroadcastRenamed', data: { broadcastId, name } });

const notEditable = (state: BroadcastState): BroadcastDecision | undefined =>
  state.phase === 'draft' ? undefined : reject({ code: 'NOT_EDITABLE', status: statusOf(state) });

const compose: Decide<'ComposeMessage'> = ({ broadcastId, data: { content } }, state) =>
  notEditable(state) ??
  accept<BroadcastEvent>({
    type: 'MessageComposed',
    data: { broadcastId, content, contentRevision: state.contentRevision + 1 },
  });

const chooseAudience: Decide<'ChooseAudience'> = ({ broadcastId, data: { audience } }, state) =>
  notEditable(state) ??
  accept<BroadcastEvent>({ type: 'AudienceChosen', data: { broadcastId, audience } });

const configure: Decide<'ConfigureDelivery'> = ({ broadcastId, data: { speed } }, state) =>
  notEditable(state) ??
  (state.speed === speed
    ? accept()
    : accept<BroadcastEvent>({ type: 'DeliveryConfigured', data: { broadcastId, speed } }));

const activate: Decide<'ActivateBroadcast'> = ({ broadcastId, data: { start }, now }, state) => {
  if (state.phase !== 'draft')
    return reject({ code: 'ALREADY_ACTIVATED', status: statusOf(state) });
  if (!state.content) return reject({ code: 'MESSAGE_MISSING' });
  const instant = start.mode === 'now' ? now : start.instant;
  if (start.mode === 'at' && instant <= now) return reject({ code: 'START_IN_PAST', instant });
  return accept<BroadcastEvent>({
    type: 'BroadcastScheduled',
    data: { broadcastId, start, instant },
  });
};

const cancelSchedule: Decide<'CancelSchedule'> = ({ broadcastId }, state) =>
  state.phase === 'scheduled'
    ? accept<BroadcastEvent>({ type: 'ScheduleCancelled', data: { broadcastId } })
    : reject({ code: 'NOT_SCHEDULED', status: statusOf(state) });

/** Due. A late start is held and asks (P9); a held one waits for the operator. */
const start: Decide<'StartBroadcast'> = ({ broadcastId, data: { late }, now }, state) => {
  if (state.phase !== 'scheduled') return accept();
  if (state.held !== undefined) return reject({ code: 'NOT_ACTIVE', status: 'held' });
  if (late === true)
    return accept<BroadcastEvent>({
      type: 'BroadcastHeld',
      data: { broadcastId, reason: 'late_start' },
    });
  return accept<BroadcastEvent>({
    type: 'BroadcastStarted',
    data: { broadcastId, startedAt: now },
  });
};

const freeze: Decide<'FreezeAudience'> = ({ broadcastId, data }, state) => {
  if (state.phase === 'preparing')
    return accept<BroadcastEvent>({ type: 'AudienceFrozen', data: { broadcastId, ...data } });
  return state.phase === 'stopped' || state.phase === 'sending'
    ? accept()
    : reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
};

const isActive = ({ phase }: BroadcastState): boolean =>
  phase === 'preparing' || phase === 'sending';

const hold: Decide<'HoldBroadcast'> = ({ broadcastId, data: { reason, detail } }, state) => {
  if (!isActive(state) && state.phase !== 'scheduled')
    return reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
  if (state.held !== undefined) return accept();
  return accept<BroadcastEvent>({
    type: 'BroadcastHeld',
    data: { broadcastId, reason, ...(detail === undefined ? {} : { detail }) },
  });
};

/** Ends every hold, of the broadcast and of its lanes. A scheduled one that was held because it was late starts now. */
const resume: Decide<'ResumeBroadcast'> = ({ broadcastId, now }, state) => {
  if (!isActive(state) && state.phase !== 'scheduled')
    return reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
  if (state.held === undefined && state.heldLanes.length === 0)
    return reject({ code: 'NOT_HELD', status: statusOf(state) });
  const lanes = state.heldLanes.map((lane) => ({
    type: 'LaneResumed' as const,
    data: { broadcastId, lane },
  }));
  const resumed =
    state.held === undefined ? [] : [{ type: 'BroadcastResumed' as const, data: { broadcastId } }];
  const overdue = state.phase === 'scheduled' && state.dueAt !== undefined && state.dueAt <= now;
  const started = overdue
    ? [{ type: 'BroadcastStarted' as const, data: { broadcastId, startedAt: now } }]
    : [];
  return accept<BroadcastEvent>(...lanes, ...resumed, ...started);
};

const holdLane: Decide<'HoldLane'> = ({ broadcastId, data: { lane, reason, detail } }, state) => {
  if (!isActive(state)) return reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
  if (lane < 0 || lane >= state.lanes) return reject({ code: 'UNKNOWN_LANE', lane });
  if (state.heldLanes.includes(lane)) return accept();
  return accept<BroadcastEvent>({
    type: 'LaneHeld',
    data: { broadcastId, lane, reason, ...(detail === undefined ? {} : { detail }) },
  });
};

const stop: Decide<'StopBroadcast'> = ({ broadcastId }, state) => {
  if (state.phase === 'stopped') return accept();
  if (!isActive(state) && state.phase !== 'scheduled')
    return reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
  return accept<BroadcastEvent>({ type: 'BroadcastStopped', data: { broadcastId } });
};

/** Accepted while sending or completed (it waits its turn in the lanes), never after a stop. */
const retry: Decide<'RequestRetry'> = ({ broadcastId, data: { what } }, state) =>
  state.phase === 'sending' || state.phase === 'sent'
    ? accept<BroadcastEvent>({
        type: 'RetryRequested',
        data: { broadcastId, order: state.orders + 1, what },
      })
    : reject({ code: 'NOTHING_TO_RETRY', status: statusOf(state) });

/** Completion names the order it is about; a late copy of another order's is refused (R13). */
const complete: Decide<'CompleteBroadcast'> = ({ broadcastId, data: { order, totals } }, state) => {
  if (order !== state.orders)
    return reject({ code: 'ORDER_MISMATCH', expected: state.orders, actual: order });
  if (state.completedOrder === order) return accept();
  if (state.phase !== 'sending' && state.phase !== 'stopped')
    return reject({ code: 'NOT_ACTIVE', status: statusOf(state) });
  return accept<BroadcastEvent>({
    type: 'BroadcastCompleted',
    data: { broadcastId, order, totals },
  });
};

const remove: Decide<'DeleteBroadcast'> = ({ broadcastId }, state) => {
  const closed =
    state.phase === 'draft' ||
    state.phase === 'sent' ||
    (state.phase === 'stopped' && (state.lanes === 0 || state.completedOrder !== undefined));
  return closed
    ? accept<BroadcastEvent>({ type: 'BroadcastDeleted', data: { broadcastId } })
    : reject({ code: 'STILL_SENDING', status: statusOf(state) });
};

const decideExisting = (
  command: Exclude<BroadcastCommand, { type: 'DraftBroadcast' }>,
  state: BroadcastState,
): BroadcastDecision => {
  switch (command.type) {
    case 'RenameBroadcast':
      return rename(command, state);
    case 'ComposeMessage':
      return compose(command, state);
    case 'ChooseAudience':
      return chooseAudience(command, state);
    case 'ConfigureDelivery':
      return configure(command, state);
    case 'ActivateBroadcast':
      return activate(command, state);
    case 'CancelSchedule':
      return cancelSchedule(command, state);
    case 'StartBroadcast':
      return start(command, state);
    case 'FreezeAudience':
      return freeze(command, state);
    case 'HoldBroadcast':
      return hold(command, state);
    case 'ResumeBroadcast':
      return resume(command, state);
    case 'HoldLane':
      return holdLane(command, state);
    case 'StopBroadcast':
      return stop(command, state);
    case 'RequestRetry':
      return retry(command, state);
    case 'CompleteBroadcast':
      return complete(command, state);
    case 'DeleteBroadcast':
      return remove(command, state);
    default:
      return unreachable(command);
  }
};

const decide = (command: BroadcastCommand, state: BroadcastState): BroadcastDecision => {
  if (command.type === 'DraftBroadcast') return draft(command, state);
  if (state.phase === 'absent') return reject({ code: 'BROADCAST_NOT_FOUND' });
  if (state.phase === 'deleted')
    return command.type === 'DeleteBroadcast' ? accept() : reject({ code: 'BROADCAST_DELETED' });
  return decideExisting(command, state);
};

/** The only judge of what may happen to a broadcast. */
export const broadcastDecider: Decider<
  BroadcastState,
  BroadcastCommand,
  BroadcastEvent,
  BroadcastRejection
> = {
  initialState: ABSENT,
  decide,
  evolve,
};
