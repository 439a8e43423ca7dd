import {
  deliveryStream,
  receiptsStream,
  type DeliveryEvent,
  type Entry,
  type LearnedOutcome,
  type Receipt,
  type RetryWhat,
  type SettledOutcome,
} from '@crier/contracts';
import type { Random } from '@crier/kernel/testing';
import type { Fact } from './facts.ts';

type State = 'waiting' | 'inFlight' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
type Before = 'none' | 'failed' | 'unconfirmed' | 'doubt';
interface Place {
  state: State;
  before: Before;
}

const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)]!;

/** A lane that goes on at random, but only as the lane protocol allows. */
export class RandomLane {
  readonly #random: Random;
  readonly #broadcastId: string;
  readonly #lane: number;
  readonly #places: Place[];
  readonly #told = new Set<string>();
  order = 0;
  completed = false;
  /** Of the newest LaneCompleted: what a scheduler knows. */
  totals = { sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };

  constructor(random: Random, place: { broadcastId: string; lane: number; planned: number }) {
    this.#random = random;
    this.#broadcastId = place.broadcastId;
    this.#lane = place.lane;
    this.#places = Array.from({ length: place.planned }, () => ({
      state: 'waiting',
      before: 'none',
    }));
  }

  counts(): Record<State, number> {
    const counts = { waiting: 0, inFlight: 0, sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
    for (const { state } of this.#places) counts[state] += 1;
    return counts;
  }

  /** One more fact, or none where nothing can happen now. */
  step(second: number, stopped: boolean): Fact | undefined {
    const kind = this.#random();
    if (kind < 0.15) return this.#receipts(second);
    const event = kind < 0.25 ? (this.#learn() ?? this.#turn(stopped)) : this.#turn(stopped);
    return event && this.#fact(event, second);
  }

  reopen(what: RetryWhat, second: number): Fact {
    const count = this.counts()[what];
    for (const place of this.#places)
      if (place.state === what) Object.assign(place, { state: 'waiting', before: what });
    this.order += 1;
    this.completed = false;
    return this.#fact({ type: 'LaneReopened', data: { order: this.order, what, count } }, second);
  }

  #fact(event: DeliveryEvent, second: number): Fact {
    return { stream: deliveryStream(this.#broadcastId, this.#lane), event, second };
  }

  #turn(stopped: boolean): DeliveryEvent | undefined {
    if (this.completed) return undefined;
    const { waiting, inFlight } = this.counts();
    if (inFlight === 0 && (waiting === 0 || stopped)) return this.#complete();
    const settled = this.#indexes('inFlight', 4).map((index) => this.#settle(index));
    const untried = this.#random() < 0.2 ? this.#indexes('waiting', 1) : [];
    for (const index of untried) settled.push(this.#settleWaiting(index));
    const opened = stopped ? [] : this.#indexes(this.#random() < 0.1 ? 'inFlight' : 'waiting', 3);
    const fresh = opened.filter((index) => !settled.some(([other]) => other === index));
    for (const index of fresh) this.#open(index);
    const window = { indexes: fresh.map((index) => [index, 1] as const), contentRevision: 1 };
    if (settled.length + fresh.length === 0) return undefined;
    return {
      type: 'WindowTurned',
      data: { epoch: 'e', settled, ...(fresh.length > 0 ? { opened: window } : {}) },
    };
  }

  #indexes(state: State, most: number): number[] {
    const all = this.#places.flatMap((place, index) => (place.state === state ? [index] : []));
    const start = Math.floor(this.#random() * all.length);
    return all.slice(start, start + Math.ceil(this.#random() * most));
  }

  #settle(index: number): Entry {
    const { before } = this.#places[index]!;
    const doubtful: readonly SettledOutcome[] = ['sent', 'unconfirmed'];
    const all: readonly SettledOutcome[] = ['sent', 'failed', 'skipped', 'unconfirmed', 'returned'];
    if (before === 'doubt') return this.#become(index, pick(this.#random, doubtful));
    if (before === 'unconfirmed')
      return this.#become(index, pick(this.#random, [...doubtful, 'returned']));
    return this.#become(index, pick(this.#random, all));
  }

  #settleWaiting(index: number): Entry {
    const fresh = this.#places[index]!.before !== 'unconfirmed';
    return this.#become(index, fresh ? 'skipped' : pick(this.#random, ['sent', 'unconfirmed']));
  }

  #become(index: number, outcome: SettledOutcome): Entry {
    const place = this.#places[index]!;
    if (outcome === 'returned') {
      place.state = 'waiting';
      return [index, outcome, { reason: 'rate_limited' }];
    }
    this.#places[index] = { state: outcome, before: 'none' };
    return outcome === 'sent' ? [index, outcome] : [index, outcome, this.#reason()];
  }

  #reason(): { readonly reason?: string } {
    const reason = pick(this.#random, ['blocked', 'timeout', 'refused', undefined]);
    return reason === undefined ? {} : { reason };
  }

  #open(index: number): void {
    const place = this.#places[index]!;
    if (place.state === 'inFlight') place.before = 'doubt';
    place.state = 'inFlight';
  }

  #learn(): DeliveryEvent | undefined {
    const outcomes: readonly LearnedOutcome[] = ['sent', 'failed', 'skipped'];
    const learned = this.#indexes('unconfirmed', 2).map((index) => {
      const outcome = pick(this.#random, outcomes);
      this.#places[index] = { state: outcome, before: 'none' };
      return [index, outcome, this.#reason()] as const;
    });
    return learned.length === 0 ? undefined : { type: 'OutcomeLearned', data: { learned } };
  }

  #complete(): DeliveryEvent {
    let untried = 0;
    for (const place of this.#places) {
      if (place.state !== 'waiting') continue;
      if (place.before === 'none') untried += 1;
      place.state = place.before === 'none' ? 'skipped' : (place.before as State);
      place.before = 'none';
    }
    this.completed = true;
    const { sent, failed, skipped, unconfirmed } = this.counts();
    this.totals = { sent, failed, skipped, unconfirmed };
    return { type: 'LaneCompleted', data: { order: this.order, ...this.totals, stopped: untried } };
  }

  #receipts(second: number): Fact | undefined {
    if (this.#places.length === 0) return undefined;
    const index = Math.floor(this.#random() * this.#places.length);
    const kind = pick(this.#random, ['delivered', 'opened', 'clicked'] as const);
    const button = kind === 'clicked' ? { button: pick(this.#random, [0, 1]) } : {};
    const key = `${index}/${kind}/${button.button}`;
    const first = this.#told.has(key) ? {} : { first: true };
    this.#told.add(key);
    const receipt: Receipt = {
      index,
      kind,
      at: '2026-01-02T00:00:00.000Z',
      dedupe: 'd',
      ...button,
      ...first,
    };
    const lane = this.#lane;
    return {
      stream: receiptsStream(this.#broadcastId, lane, 0),
      second,
      event: {
        type: 'ReceiptsRecorded',
        data: {
          broadcastId: this.#broadcastId,
          lane,
          receipts: [receipt],
          source: { partition: 0, offset: '1' },
        },
      },
    };
  }
}
