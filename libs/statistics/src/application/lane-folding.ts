import { unreachable } from '@crier/kernel';
import type { DeliveryEvent } from '@crier/contracts';
import type { MailingLane } from '../domain/mailing.ts';
import type { Moves } from '../domain/moves.ts';
import type { Tick } from '../domain/timeline.ts';
import type { LaneFile } from './lane-file.ts';

/** Whose pages an event changes; a completed lane gives back only where somebody still waits. */
export const indexesOf = (
  event: DeliveryEvent,
  lane: MailingLane | undefined,
): readonly number[] | 'all' => {
  switch (event.type) {
    case 'LanePrepared':
      return [];
    case 'WindowTurned':
      return event.data.settled.map(([index]) => index);
    case 'OutcomeLearned':
      return event.data.learned.map(([index]) => index);
    case 'LaneReopened':
      return 'all';
    case 'LaneCompleted':
      return lane && waitingIn(lane) === 0 ? [] : 'all';
    default:
      return unreachable(event);
  }
};

const waitingIn = ({ planned, sent, failed, skipped, unconfirmed }: MailingLane): number =>
  planned - sent - failed - skipped - unconfirmed;

/** What an event is folded into, and when. `given`: what {@link indexesOf} told. */
export interface LaneTurn {
  readonly lane: LaneFile;
  /** Seconds since 1970. */
  readonly at: number;
  readonly moves: Moves;
  readonly given: readonly number[] | 'all';
}

/** Folds one event into the pages at hand. @throws IllegalHistory */
export const foldIntoPages = (event: DeliveryEvent, { lane, at, moves, given }: LaneTurn): void => {
  switch (event.type) {
    case 'LanePrepared':
      return;
    case 'WindowTurned':
      for (const [index, outcome, detail] of event.data.settled) {
        const page = lane.page(index);
        page.settle(index, outcome, { reason: detail?.reason, at, moves });
        if (detail?.parts) page.accept(index, detail.parts);
      }
      return;
    case 'OutcomeLearned':
      for (const [index, outcome, detail] of event.data.learned) {
        const page = lane.page(index);
        page.learn(index, outcome, { reason: detail?.reason, at, moves });
        if (detail?.parts) page.accept(index, detail.parts);
      }
      return;
    case 'LaneReopened':
      for (const page of lane.all()) page.reopen(event.data.what, moves);
      return;
    case 'LaneCompleted':
      if (given === 'all') for (const page of lane.all()) page.giveBack(at, moves);
      return;
    default:
      unreachable(event);
  }
};

/** Outcomes that were new in this event. What a stop gave back is not. */
export const tickOf = ({ type }: DeliveryEvent, { counts }: Moves): Tick => {
  if (type === 'LaneReopened') return {};
  if (type === 'LaneCompleted') return { skipped: counts.skipped };
  return { ...counts, unconfirmed: Math.max(0, counts.unconfirmed) };
};
