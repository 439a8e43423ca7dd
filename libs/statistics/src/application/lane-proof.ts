import type { DeliveryEvent, Entry, LearnedOutcome, Runs, SettledOutcome } from '@crier/contracts';
import { IllegalHistory } from '@crier/kernel';
import type { RecipientOutcome } from './documents.ts';

type State = 'waiting' | 'inFlight' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
type Before = 'none' | 'failed' | 'unconfirmed' | 'doubt';
type Counted = 'sent' | 'failed' | 'skipped' | 'unconfirmed';

/** One recipient by the table of the lane protocol, written plainly and slowly on purpose. */
interface Place {
  readonly state: State;
  readonly before: Before;
  readonly reason: string | undefined;
}

const UNTRIED: Place = { state: 'waiting', before: 'none', reason: undefined };
const COUNTED: readonly Counted[] = ['sent', 'failed', 'skipped', 'unconfirmed'];

const isFresh = ({ before }: Place): boolean => before === 'none' || before === 'failed';

/** The legal outcomes of a recipient that waits or is in flight. */
const legal = (place: Place): readonly SettledOutcome[] => {
  if (place.state === 'inFlight') {
    if (place.before === 'doubt') return ['sent', 'unconfirmed'];
    return isFresh(place)
      ? ['sent', 'failed', 'skipped', 'unconfirmed', 'returned']
      : ['sent', 'unconfirmed', 'returned'];
  }
  if (place.state !== 'waiting') return [];
  return isFresh(place) ? ['skipped'] : ['sent', 'unconfirmed'];
};

/** The fold that `verify` trusts: independent of the read models', complete, and with one object per state met. */
export class LaneProof {
  readonly #places: Place[];
  readonly #same = new Map<string, Place>();
  #completed = false;
  #order = 0;
  /** The totals of the newest LaneCompleted, and the order it served. */
  told: { readonly order: number; readonly totals: Readonly<Record<Counted, number>> } | undefined;

  constructor(planned: number) {
    this.#places = new Array<Place>(planned).fill(UNTRIED);
  }

  /** @throws IllegalHistory for whatever the table does not list */
  apply(event: DeliveryEvent): void {
    switch (event.type) {
      case 'LanePrepared':
        return;
      case 'WindowTurned':
        for (const entry of event.data.settled) this.#settle(entry);
        this.#openAll(event.data.opened?.indexes ?? []);
        return;
      case 'OutcomeLearned':
        for (const entry of event.data.learned) this.#learn(entry);
        return;
      case 'LaneReopened':
        this.#reopen(event.data);
        return;
      case 'LaneCompleted':
        this.#complete(event.data);
        return;
      default:
        illegal('met', { event });
    }
  }

  outcome(index: number): RecipientOutcome {
    const { state } = this.#at(index);
    return state === 'inFlight' ? 'waiting' : state;
  }

  reason(index: number): string | undefined {
    const { state, reason } = this.#at(index);
    return state === 'waiting' || state === 'inFlight' ? undefined : reason;
  }

  counts(): Readonly<Record<Counted, number>> {
    const counts = { sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
    for (const { state } of this.#places)
      if (state !== 'waiting' && state !== 'inFlight') counts[state] += 1;
    return counts;
  }

  #settle([index, outcome, detail]: Entry): void {
    const place = this.#at(index);
    if (!legal(place).includes(outcome)) illegal('settled', { index, outcome, ...place });
    if (outcome === 'returned') this.#put(index, { ...place, state: 'waiting' });
    else this.#put(index, { state: outcome, before: 'none', reason: detail?.reason });
  }

  #openAll(runs: Runs): void {
    for (const [from, count] of runs)
      for (let index = from; index < from + count; index += 1) this.#open(index);
  }

  #open(index: number): void {
    const place = this.#at(index);
    if (this.#completed || (place.state !== 'waiting' && place.state !== 'inFlight'))
      illegal('opened', { index, ...place });
    const before = place.state === 'inFlight' ? 'doubt' : place.before;
    this.#put(index, { ...place, state: 'inFlight', before });
  }

  #learn([index, outcome, detail]: Entry<LearnedOutcome>): void {
    if (this.#at(index).state !== 'unconfirmed') illegal('learned', { index, outcome });
    this.#put(index, { state: outcome, before: 'none', reason: detail?.reason });
  }

  #reopen({ order, what, count }: Extract<DeliveryEvent, { type: 'LaneReopened' }>['data']): void {
    if (!this.#completed || order !== this.#order + 1 || count !== this.counts()[what])
      illegal('reopened', { order, what, count });
    this.#order = order;
    this.#completed = false;
    for (const [index, place] of this.#places.entries())
      if (place.state === what) this.#put(index, { ...place, state: 'waiting', before: what });
  }

  #complete(data: Extract<DeliveryEvent, { type: 'LaneCompleted' }>['data']): void {
    if (this.#completed || data.order !== this.#order) illegal('completed', { ...data });
    for (const [index, place] of this.#places.entries()) {
      if (place.state === 'inFlight') illegal('completed with a window open', { index });
      if (place.state !== 'waiting') continue;
      if (place.before === 'failed' || place.before === 'unconfirmed')
        this.#put(index, { ...place, state: place.before, before: 'none' });
      else this.#put(index, { state: 'skipped', before: 'none', reason: 'stopped' });
    }
    const counts = this.counts();
    if (COUNTED.some((outcome) => counts[outcome] !== data[outcome]))
      illegal('completed with wrong totals', { ...data, counts });
    this.#completed = true;
    this.told = { order: data.order, totals: counts };
  }

  #at(index: number): Place {
    return this.#places[index] ?? illegal('met outside the lane', { index });
  }

  /** Equal places share one object: eight bytes a recipient. */
  #put(index: number, place: Place): void {
    const key = `${place.state}/${place.before}/${place.reason ?? ''}`;
    const same = this.#same.get(key) ?? place;
    this.#same.set(key, same);
    this.#places[index] = same;
  }
}

const illegal = (what: string, context: Record<string, unknown>): never => {
  throw new IllegalHistory(`a recipient was ${what} against the rules`, context);
};
