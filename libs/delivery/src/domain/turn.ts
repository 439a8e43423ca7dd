import type {
  DeliveryEvent,
  Entry,
  EntryDetail,
  LearnedOutcome,
  RetryWhat,
  Runs,
} from '@crier/contracts';
import type { Revision } from '@crier/kernel';
import type { Before, LaneFold, Parts } from './lane-fold.ts';

/** What an attempt on one recipient came to. */
export type AttemptResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not enabled, outside a messaging window, erased. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Surely not accepted: 429, zero bytes written, a licence torn up. */
  | { readonly kind: 'notAccepted'; readonly reason: string; readonly notBefore?: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Attempt {
  readonly index: number;
  /** The window whose licence was used. */
  readonly window: Revision;
  readonly result: AttemptResult;
  /** Parts accepted in this attempt. */
  readonly parts: Parts;
  /** It was a repetition with its key: only acceptance clears the doubt (R25). */
  readonly repeated?: boolean;
}

/** Somebody whom a receipt proved sent; `parts`: the ids that it named. */
export interface Proof {
  readonly index: number;
  readonly parts: Parts;
}

export interface TurnView {
  readonly epoch: string;
  /** Results not stored yet, of this process, former epochs included. */
  readonly attempts: readonly Attempt[];
  /** In-flight or unconfirmed recipients that a receipt proved sent. */
  readonly proven: readonly Proof[];
  /** Windows of other epochs that have been silent for too long. */
  readonly silent: readonly Revision[];
  /** Opened again with their key instead of being given up (channels with a key, key young enough). */
  readonly reopenable: (index: number) => boolean;
  /** The owner may open, complete and reopen; a former owner only settles. */
  readonly owner: boolean;
  readonly sending: boolean;
  readonly stopped: boolean;
  /** Chosen to be opened next, already looked at: these still have an enabled connection. */
  readonly open: readonly number[];
  readonly contentRevision: number;
  /** Chosen, looked at, and not to be sent. */
  readonly skip: readonly (readonly [index: number, reason: string])[];
  /** The retry orders of the broadcast, in order. */
  readonly orders: readonly RetryWhat[];
}

const fresh = (before: Before): boolean => before === 'none' || before === 'failed';

const detailOf = (parts: Parts, reason?: string, notBefore?: string): EntryDetail | undefined =>
  parts.length === 0 && reason === undefined
    ? undefined
    : {
        ...(parts.length > 0 ? { parts } : {}),
        ...(reason === undefined ? {} : { reason }),
        ...(notBefore === undefined ? {} : { notBefore }),
      };

const entry = <Outcome extends string>(
  index: number,
  outcome: Outcome,
  detail: EntryDetail | undefined,
): Entry<Outcome> => (detail ? [index, outcome, detail] : [index, outcome]);

/** Table A, in flight by that window. */
const settleOwn = (fold: LaneFold, { index, result, parts, repeated }: Attempt): Entry => {
  const before: Before = repeated === true ? 'doubt' : fold.before(index);
  switch (result.kind) {
    case 'accepted':
      return entry(index, 'sent', detailOf(parts));
    case 'refused':
      return entry(index, fresh(before) ? 'failed' : 'unconfirmed', detailOf(parts, result.reason));
    case 'skipped':
      return entry(
        index,
        fresh(before) ? 'skipped' : 'unconfirmed',
        detailOf(parts, result.reason),
      );
    case 'notAccepted':
      return before === 'doubt'
        ? entry(index, 'unconfirmed', detailOf(parts, result.reason))
        : entry(index, 'returned', detailOf(parts, result.reason, result.notBefore));
    case 'unknown':
      return entry(index, 'unconfirmed', detailOf(parts, result.reason));
  }
};

/** Table A, not by that window: unconfirmed. A refusal counts only where that very window is the one in doubt (R16). */
const learn = (
  fold: LaneFold,
  { index, window, result, parts, repeated }: Attempt,
): Entry<LearnedOutcome> | undefined => {
  if (result.kind === 'accepted') return entry(index, 'sent', detailOf(parts));
  if (repeated === true || fold.doubted(index) !== window) return undefined;
  if (result.kind === 'refused') return entry(index, 'failed', detailOf(parts, result.reason));
  if (result.kind === 'skipped') return entry(index, 'skipped', detailOf(parts, result.reason));
  if (result.kind === 'notAccepted') return entry(index, 'failed', detailOf(parts, 'not_sent'));
  return undefined;
};

interface Entries {
  readonly settled: Entry[];
  readonly learned: Entry<LearnedOutcome>[];
}

const addAttempt = (fold: LaneFold, into: Entries, attempt: Attempt): void => {
  const { index, window, result, parts } = attempt;
  const state = fold.state(index);
  if (state === 'inFlight' && fold.windowOf(index) === window) {
    into.settled.push(settleOwn(fold, attempt));
    return;
  }
  if (state === 'unconfirmed') {
    const learned = learn(fold, attempt);
    if (learned) into.learned.push(learned);
    return;
  }
  const late =
    state === 'inFlight' || (state === 'waiting' && fold.before(index) === 'unconfirmed');
  if (late && result.kind === 'accepted') into.settled.push(entry(index, 'sent', detailOf(parts)));
};

const addProven = (fold: LaneFold, into: Entries, { index, parts }: Proof): void => {
  const state = fold.state(index);
  if (state === 'unconfirmed') into.learned.push(entry(index, 'sent', detailOf(parts)));
  if (state === 'inFlight' || (state === 'waiting' && fold.before(index) === 'unconfirmed'))
    into.settled.push(entry(index, 'sent', detailOf(parts)));
};

/** Consecutive indexes as runs. */
export const runsOf = (indexes: readonly number[]): Runs => {
  const runs: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === index) last[1] += 1;
    else runs.push([index, 1]);
  }
  return runs;
};

const collect = (fold: LaneFold, view: TurnView): Entries & { readonly again: number[] } => {
  const into = {
    settled: [] as Entry[],
    learned: [] as Entry<LearnedOutcome>[],
    again: [] as number[],
  };
  for (const attempt of view.attempts) addAttempt(fold, into, attempt);
  for (const proof of view.proven) addProven(fold, into, proof);
  const told = new Set(into.settled.map(([index]) => index));
  for (const window of view.silent)
    for (const index of fold.inFlightBy(window)) {
      if (told.has(index)) continue;
      if (view.owner && view.sending && view.reopenable(index)) into.again.push(index);
      else into.settled.push([index, 'unconfirmed', { reason: 'silent' }]);
    }
  return unique(into);
};

/** One recipient is told once an append; the first word (its own answer) wins. */
const unique = <Both extends Entries>(entries: Both): Both => {
  const seen = new Set<number>();
  const first = ([index]: readonly [number, ...unknown[]]): boolean => {
    if (seen.has(index)) return false;
    seen.add(index);
    return true;
  };
  return {
    ...entries,
    settled: entries.settled.filter(first),
    learned: entries.learned.filter(first),
  };
};

/** Counts after an append, without touching the fold. */
class Outlook {
  readonly #fold: LaneFold;
  readonly counts;
  readonly waitingBefore;

  constructor(fold: LaneFold) {
    this.#fold = fold;
    this.counts = { ...fold.counts };
    this.waitingBefore = { ...fold.waitingBefore };
  }

  settle([index, outcome]: Entry): void {
    const state = this.#fold.state(index);
    const before = this.#fold.before(index);
    this.counts[state] -= 1;
    if (state === 'waiting' && before !== 'doubt') this.waitingBefore[before] -= 1;
    if (outcome !== 'returned') this.counts[outcome] += 1;
    else {
      this.counts.waiting += 1;
      if (before !== 'doubt') this.waitingBefore[before] += 1;
    }
  }

  learn([, outcome]: Entry<LearnedOutcome>): void {
    this.counts.unconfirmed -= 1;
    this.counts[outcome] += 1;
  }
}

const completion = (
  fold: LaneFold,
  outlook: Outlook,
  stopped: boolean,
): DeliveryEvent | undefined => {
  const { counts, waitingBefore } = outlook;
  const over = counts.inFlight === 0 && (counts.waiting === 0 || stopped);
  if (fold.completed || !over) return undefined;
  return {
    type: 'LaneCompleted',
    data: {
      order: fold.order,
      sent: counts.sent,
      failed: counts.failed + waitingBefore.failed,
      skipped: counts.skipped + waitingBefore.none,
      unconfirmed: counts.unconfirmed + waitingBefore.unconfirmed,
      stopped: waitingBefore.none,
    },
  };
};

/**
 * One turn of the lane protocol (section 3, steps 3–7): everything that one append says next, or nothing. Pure; the caller
 * has read the stream to its head and torn up the licences that must not be used.
 */
export const decideTurn = (fold: LaneFold, view: TurnView): readonly DeliveryEvent[] => {
  const nextOrder = view.orders[fold.order];
  if (view.owner && fold.completed && !view.stopped && nextOrder) {
    const count = fold.counts[nextOrder];
    return [{ type: 'LaneReopened', data: { order: fold.order + 1, what: nextOrder, count } }];
  }
  const { settled, learned, again } = collect(fold, view);
  const told = new Set(settled.map(([index]) => index));
  const waits = (index: number): boolean => fold.state(index) === 'waiting' && !told.has(index);
  const mayOpen = view.owner && view.sending && !fold.completed;
  const skipped: Entry[] = mayOpen
    ? view.skip.filter(([index]) => waits(index)).map((one) => skip(fold, one))
    : [];
  const opened = mayOpen ? [...again, ...view.open.filter(waits)] : [];

  const outlook = new Outlook(fold);
  for (const one of [...settled, ...skipped]) outlook.settle(one);
  for (const one of learned) outlook.learn(one);

  const events: DeliveryEvent[] = [];
  if (learned.length > 0) events.push({ type: 'OutcomeLearned', data: { learned } });
  if (settled.length + skipped.length + opened.length > 0)
    events.push({
      type: 'WindowTurned',
      data: {
        epoch: view.epoch,
        settled: [...settled, ...skipped],
        ...(opened.length > 0
          ? { opened: { indexes: runsOf(opened), contentRevision: view.contentRevision } }
          : {}),
      },
    });
  const completed =
    view.owner && opened.length === 0 ? completion(fold, outlook, view.stopped) : undefined;
  return completed ? [...events, completed] : events;
};

/** Not to be sent: what was in doubt before stays in doubt (R15). */
const skip = (fold: LaneFold, [index, reason]: readonly [number, string]): Entry =>
  entry(index, fresh(fold.before(index)) ? 'skipped' : 'unconfirmed', { reason });
