import { IllegalHistory, type Handlers, type Recorded } from '@crier/kernel';
import type { Mailing, MailingLane } from './mailing.ts';
import type { ToldDelivery } from './mailing-events.ts';
import type { Moved, Outcome } from './moves.ts';

type Told<Type extends ToldDelivery['type']> = Extract<ToldDelivery, { readonly type: Type }>;
type LaneChange = Partial<Omit<MailingLane, 'lane'>>;

const OUTCOMES: readonly Outcome[] = ['sent', 'failed', 'skipped', 'unconfirmed'];

const illegal = (what: string, context: Record<string, unknown>): never => {
  throw new IllegalHistory(`A lane cannot go on so: ${what}`, context);
};

/** The reasons moved along; those that nobody has any more vanish. */
const withReasons = (mailing: Mailing, { reasons }: Moved): Mailing['reasons'] => {
  if (reasons.length === 0) return mailing.reasons;
  const next = {
    failed: { ...mailing.reasons.failed },
    skipped: { ...mailing.reasons.skipped },
    unconfirmed: { ...mailing.reasons.unconfirmed },
  };
  for (const { outcome, reason, by } of reasons)
    next[outcome][reason] = (next[outcome][reason] ?? 0) + by;
  const some = (counted: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counted).filter(([, count]) => count !== 0));
  return {
    failed: some(next.failed),
    skipped: some(next.skipped),
    unconfirmed: some(next.unconfirmed),
  };
};

/** One lane changed, and what comes with every event of it. `progress`: somebody got an outcome. */
const onLane =
  <Event extends ToldDelivery>(change: (lane: MailingLane, data: Event['data']) => LaneChange) =>
  (mailing: Mailing, { event, revision, stream, metadata }: Recorded<Event>): Mailing => {
    const data: Event['data'] = event.data;
    const lane = mailing.lanes[data.lane];
    if (lane?.revision !== revision - 1)
      return illegal('a gap, or a lane that was never planned', { stream, revision });
    const next = { ...lane, ...change(lane, data), revision };
    const progress = OUTCOMES.some((outcome) => next[outcome] > lane[outcome]);
    return {
      ...mailing,
      lanes: mailing.lanes.with(data.lane, next),
      reasons: withReasons(mailing, data.moved),
      progressAt: progress ? metadata.recordedAt : mailing.progressAt,
    };
  };

/** The totals of a lane need no state per recipient: protocol, section 2. @throws IllegalHistory */
export const laneHandlers: Handlers<Mailing, ToldDelivery> = {
  LanePrepared: onLane<Told<'LanePrepared'>>(() => ({})),
  WindowTurned: onLane<Told<'WindowTurned'>>((lane, { settled, opened }) => {
    if (lane.completed && opened !== undefined) illegal('a window after completion', { lane });
    const { sent, failed, skipped, unconfirmed } = lane;
    const counts = { sent, failed, skipped, unconfirmed };
    for (const [, outcome] of settled) if (outcome !== 'returned') counts[outcome] += 1;
    return counts;
  }),
  OutcomeLearned: onLane<Told<'OutcomeLearned'>>((lane, { learned }) => {
    const { sent, failed, skipped, unconfirmed } = lane;
    const counts = { sent, failed, skipped, unconfirmed: unconfirmed - learned.length };
    for (const [, outcome] of learned) counts[outcome] += 1;
    return counts;
  }),
  LaneReopened: onLane<Told<'LaneReopened'>>((lane, { order, what, count }) => {
    if (!lane.completed || order !== lane.order + 1 || count !== lane[what])
      illegal('reopened out of turn, or with a wrong count', { order, what, count, lane });
    return { [what]: 0, order, completed: false };
  }),
  LaneCompleted: onLane<Told<'LaneCompleted'>>((lane, { moved, order, ...told }) => {
    if (lane.completed || order !== lane.order) illegal('completed out of turn', { order, lane });
    for (const outcome of OUTCOMES)
      if (told[outcome] !== lane[outcome] + moved.counts[outcome])
        illegal('completed with wrong totals', {
          outcome,
          told: told[outcome],
          folded: lane[outcome],
        });
    const { sent, failed, skipped, unconfirmed } = told;
    if (sent + failed + skipped + unconfirmed !== lane.planned)
      illegal('completed with somebody waiting', { lane });
    return { sent, failed, skipped, unconfirmed, completed: true };
  }),
};
