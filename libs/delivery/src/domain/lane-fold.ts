import type {
  DeliveryEvent,
  Entry,
  EntryDetail,
  LearnedOutcome,
  RetryWhat,
  SettledOutcome,
} from '@crier/contracts';
import { IllegalHistory, NO_STREAM, unreachable, type Revision } from '@crier/kernel';

/** Where a recipient stands. In the sums "waiting" is waiting + in flight. */
export type RecipientState = 'waiting' | 'inFlight' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
/** What a waiting or in-flight recipient was before: reopened by an order, or opened again in doubt. */
export type Before = 'none' | 'failed' | 'unconfirmed' | 'doubt';
export type Parts = readonly (readonly [part: number, id: string, at?: number])[];

/** An open: the WindowTurned at `revision` by `epoch`, with `open` recipients still in flight. */
export interface Window {
  readonly revision: Revision;
  readonly epoch: string;
  readonly contentRevision: number;
  open: number;
}

const STATES: readonly RecipientState[] = [
  'waiting',
  'inFlight',
  'sent',
  'failed',
  'skipped',
  'unconfirmed',
];
const BEFORES: readonly Before[] = ['none', 'failed', 'unconfirmed', 'doubt'];
const WAITING = 0;
const NO_PARTS: Parts = [];
const SEVERAL = -1;

export type Counts = Readonly<Record<RecipientState, number>>;

/**
 * One lane, folded from its stream: table B of the lane protocol. Two bytes a recipient and a little more for those whose
 * story is not finished, so that a lane of a million costs two megabytes. Whatever the table does not list is illegal.
 */
export class LaneFold {
  revision: Revision = NO_STREAM;
  completed = false;
  /** Retry orders served. */
  order = 0;
  assets: Readonly<Record<string, string>> = {};
  /** Time of the newest event; undefined while there is none. */
  lastAt: string | undefined;
  readonly counts: Record<RecipientState, number>;
  /** The waiting, by what they were before. */
  readonly waitingBefore = { none: 0, failed: 0, unconfirmed: 0 };
  /** Windows with somebody in flight, by revision. */
  readonly windows = new Map<Revision, Window>();
  readonly size: number;
  readonly #states: Uint8Array;
  readonly #before: Uint8Array;
  readonly #windowOf = new Map<number, Revision>();
  readonly #doubted = new Map<number, Revision>();
  readonly #parts = new Map<number, Parts>();
  readonly #keySince = new Map<number, string>();
  readonly #notBefore = new Map<number, string>();
  /** Nobody below waits, but those in `#again`. */
  #low = 0;
  readonly #again = new Set<number>();

  constructor(planned: number) {
    this.size = planned;
    this.#states = new Uint8Array(planned);
    this.#before = new Uint8Array(planned);
    this.counts = { waiting: planned, inFlight: 0, sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
    this.waitingBefore.none = planned;
  }

  state(index: number): RecipientState {
    return STATES[this.#code(index)] ?? 'waiting';
  }

  before(index: number): Before {
    return BEFORES[this.#before[index] ?? 0] ?? 'none';
  }

  /** Of somebody in flight: the revision that opened the window. */
  windowOf(index: number): Revision | undefined {
    return this.#windowOf.get(index);
  }

  /** Of somebody unconfirmed (now or before): the one window in doubt, or −1 for several. */
  doubted(index: number): Revision | undefined {
    return this.#doubted.get(index);
  }

  parts(index: number): Parts {
    return this.#parts.get(index) ?? NO_PARTS;
  }

  keySince(index: number): string | undefined {
    return this.#keySince.get(index);
  }

  /** Recipients in flight by this window. */
  *inFlightBy(window: Revision): Iterable<number> {
    for (const [index, opened] of this.#windowOf) if (opened === window) yield index;
  }

  /** The earliest `notBefore` among the waiting that were returned, if any. */
  nextDue(): string | undefined {
    let due: string | undefined;
    for (const index of this.#again) {
      const at = this.#notBefore.get(index);
      if (at !== undefined && (due === undefined || at < due)) due = at;
    }
    return due;
  }

  /** The first waiting recipients, at most `most`, of one stretch `[start, end)` that `stretchOf` names, whose time has come. */
  nextWaiting(
    most: number,
    now: string,
    stretchOf: (index: number) => readonly [number, number],
  ): number[] {
    for (const index of this.#again)
      if (this.#isDue(index, now)) return this.#collect(index, most, now, stretchOf(index));
    while (this.#low < this.size) {
      const index = this.#low;
      if (this.#code(index) === WAITING) {
        if (this.#isDue(index, now)) return this.#collect(index, most, now, stretchOf(index));
        this.#again.add(index);
      }
      this.#low += 1;
    }
    return [];
  }

  apply(event: DeliveryEvent, revision: Revision, at: string): void {
    if (revision !== this.revision + 1) this.#illegal('a gap in the stream', { revision });
    this.revision = revision;
    this.lastAt = at;
    switch (event.type) {
      case 'LanePrepared':
        this.assets = { ...this.assets, ...event.data.assets };
        return;
      case 'WindowTurned':
        for (const entry of event.data.settled) this.#settle(entry);
        if (event.data.opened) this.#open(event.data, revision, at);
        return;
      case 'OutcomeLearned':
        for (const entry of event.data.learned) this.#learn(entry);
        return;
      case 'LaneReopened':
        this.#reopen(event.data.order, event.data.what, event.data.count);
        return;
      case 'LaneCompleted':
        this.#complete(event.data.stopped, event.data);
        return;
      default:
        unreachable(event);
    }
  }

  #code(index: number): number {
    return this.#states[index] ?? this.#illegal('an index outside the lane', { index });
  }

  #isDue(index: number, now: string): boolean {
    const at = this.#notBefore.get(index);
    return at === undefined || at <= now;
  }

  #collect(
    start: number,
    most: number,
    now: string,
    [from, end]: readonly [number, number],
  ): number[] {
    const found: number[] = [];
    for (let index = Math.max(start, from); index < end && found.length < most; index += 1)
      if (this.#code(index) === WAITING && this.#isDue(index, now)) found.push(index);
    return found;
  }

  #open(
    data: {
      epoch: string;
      opened?: { indexes: readonly (readonly [number, number])[]; contentRevision: number };
    },
    revision: Revision,
    at: string,
  ): void {
    if (!data.opened || this.completed)
      return this.#illegal('an open after completion', { revision });
    const window: Window = {
      revision,
      epoch: data.epoch,
      contentRevision: data.opened.contentRevision,
      open: 0,
    };
    this.windows.set(revision, window);
    for (const [from, count] of data.opened.indexes)
      for (let index = from; index < from + count; index += 1) {
        this.#openOne(index, revision, at);
        window.open += 1;
      }
  }

  #openOne(index: number, revision: Revision, at: string): void {
    const state = this.state(index);
    if (state === 'inFlight') {
      const former = this.#leaveWindow(index);
      this.#doubt(index, former);
      this.#before[index] = BEFORES.indexOf('doubt');
    } else if (state === 'waiting') {
      this.#leaveWaiting(index);
      this.#keySince.set(index, at);
    } else this.#illegal('opened, though not waiting', { index, state });
    this.#enter(index, 'inFlight');
    this.#windowOf.set(index, revision);
  }

  #settle([index, outcome, detail]: Entry | readonly [number, SettledOutcome, EntryDetail?]): void {
    const state = this.state(index);
    const before = this.before(index);
    if (!settleIsLegal(state, before, outcome))
      this.#illegal('settled against the rules', { index, state, before, outcome });
    this.#keepParts(index, detail);
    if (state === 'waiting') this.#leaveWaiting(index);
    else this.#settleInFlight(index, before, outcome);
    if (outcome === 'returned') this.#return(index, detail);
    else this.#finish(index, outcome);
  }

  #settleInFlight(index: number, before: Before, outcome: SettledOutcome): void {
    const window = this.#leaveWindow(index);
    if (outcome !== 'unconfirmed') return;
    if (before === 'unconfirmed' || before === 'doubt') this.#doubted.set(index, SEVERAL);
    else this.#doubted.set(index, window);
  }

  #return(index: number, detail: EntryDetail | undefined): void {
    this.#enter(index, 'waiting');
    const before = this.before(index);
    if (before !== 'doubt') this.waitingBefore[before] += 1;
    this.#keySince.delete(index);
    if (detail?.notBefore !== undefined) this.#notBefore.set(index, detail.notBefore);
    if (index < this.#low) this.#again.add(index);
  }

  #learn([index, outcome, detail]: Entry<LearnedOutcome>): void {
    if (this.state(index) !== 'unconfirmed')
      this.#illegal('learned, though not unconfirmed', { index, outcome });
    this.#keepParts(index, detail);
    this.#finish(index, outcome);
  }

  #finish(index: number, outcome: Exclude<SettledOutcome, 'returned'>): void {
    this.#enter(index, outcome);
    this.#before[index] = 0;
    this.#keySince.delete(index);
    if (outcome !== 'unconfirmed') this.#doubted.delete(index);
    if (outcome === 'sent' || outcome === 'skipped') this.#parts.delete(index);
  }

  #reopen(order: number, what: RetryWhat, count: number): void {
    if (!this.completed || order !== this.order + 1)
      this.#illegal('reopened out of turn', { order });
    if (count !== this.counts[what]) this.#illegal('reopened with a wrong count', { order, count });
    this.completed = false;
    this.order = order;
    const code = STATES.indexOf(what);
    for (let index = 0; index < this.size; index += 1) {
      if (this.#states[index] !== code) continue;
      this.#enter(index, 'waiting');
      this.#before[index] = BEFORES.indexOf(what);
      this.waitingBefore[what] += 1;
    }
    this.#low = 0;
    this.#again.clear();
  }

  #complete(
    stopped: number,
    totals: { order: number; sent: number; failed: number; skipped: number; unconfirmed: number },
  ): void {
    if (this.completed || this.counts.inFlight > 0 || totals.order !== this.order)
      this.#illegal('completed out of turn', { order: totals.order });
    if (this.counts.waiting > 0 && stopped !== this.waitingBefore.none)
      this.#illegal('completed with somebody waiting', { waiting: this.counts.waiting, stopped });
    if (this.counts.waiting > 0) this.#giveBack();
    this.completed = true;
    for (const name of ['sent', 'failed', 'skipped', 'unconfirmed'] as const)
      if (totals[name] !== this.counts[name])
        this.#illegal('completed with wrong totals', {
          name,
          told: totals[name],
          folded: this.counts[name],
        });
  }

  /** After a stop: the untried are skipped, the reopened are again what they were. */
  #giveBack(): void {
    for (let index = 0; index < this.size; index += 1) {
      if (this.#states[index] !== WAITING) continue;
      const before = this.before(index);
      this.#leaveWaiting(index);
      this.#finish(index, before === 'failed' || before === 'unconfirmed' ? before : 'skipped');
    }
  }

  #enter(index: number, state: RecipientState): void {
    this.counts[this.state(index)] -= 1;
    this.counts[state] += 1;
    this.#states[index] = STATES.indexOf(state);
  }

  #leaveWaiting(index: number): void {
    const before = this.before(index);
    if (before !== 'doubt') this.waitingBefore[before] -= 1;
    this.#again.delete(index);
    this.#notBefore.delete(index);
  }

  #leaveWindow(index: number): Revision {
    const revision = this.#windowOf.get(index) ?? NO_STREAM;
    this.#windowOf.delete(index);
    const window = this.windows.get(revision);
    if (!window) return this.#illegal('in flight without a window', { index });
    window.open -= 1;
    if (window.open === 0) this.windows.delete(revision);
    return revision;
  }

  #doubt(index: number, window: Revision): void {
    const before = this.before(index);
    this.#doubted.set(index, before === 'unconfirmed' || before === 'doubt' ? SEVERAL : window);
  }

  #keepParts(index: number, detail: EntryDetail | undefined): void {
    if (!detail?.parts) return;
    const known = this.parts(index).filter(
      ([part]) => !detail.parts?.some(([other]) => other === part),
    );
    this.#parts.set(index, [...known, ...detail.parts]);
  }

  #illegal(what: string, context: Record<string, unknown>): never {
    throw new IllegalHistory(`The lane's stream holds what no rule allows: ${what}`, {
      revision: this.revision,
      ...context,
    });
  }
}

const fresh = (before: Before): boolean => before === 'none' || before === 'failed';

/** Table B, "settled" rows. */
const settleIsLegal = (state: RecipientState, before: Before, outcome: SettledOutcome): boolean => {
  if (state === 'waiting') {
    if (outcome === 'skipped') return fresh(before);
    return before === 'unconfirmed' && (outcome === 'unconfirmed' || outcome === 'sent');
  }
  if (state !== 'inFlight') return false;
  switch (outcome) {
    case 'sent':
    case 'unconfirmed':
      return true;
    case 'failed':
    case 'skipped':
      return fresh(before);
    case 'returned':
      return before !== 'doubt';
    default:
      return unreachable(outcome);
  }
};
