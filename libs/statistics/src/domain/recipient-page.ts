import type { EntryDetail, LearnedOutcome, RetryWhat, SettledOutcome } from '@crier/contracts';
import { IllegalHistory } from '@crier/kernel';
import type { RecipientOutcome } from '../application/documents.ts';
import type { Moves, Outcome } from './moves.ts';
import { tallied, type ReceiptTally, type Told } from './tallies.ts';

/** A message that the messenger accepted; `at`: when it left, in milliseconds since 1970, where receipts may go by that. */
export interface AcceptedMessage {
  readonly part: number;
  readonly id: string;
  readonly at: number;
}

/** One recipient as its page knows it. */
export interface PlaceState {
  readonly outcome: RecipientOutcome;
  readonly reason: string | undefined;
  /** Seconds since 1970. */
  readonly at: number | undefined;
  readonly receipts: readonly ReceiptTally[];
  /** Of channels that report: what receipts may name. */
  readonly messages: readonly AcceptedMessage[];
}

/** The columns of a page. `reasons` are 0 for none, else 1 + the index in `dictionary`. */
export interface PageColumns {
  readonly states: Uint8Array;
  readonly reasons: Uint16Array;
  readonly at: Uint32Array;
  readonly dictionary: readonly string[];
  readonly receipts: ReadonlyMap<number, readonly ReceiptTally[]>;
  readonly messages: ReadonlyMap<number, readonly AcceptedMessage[]>;
}

/** The codes of `states`. The reopened keep reason and time of what they were. */
const CODE = { waiting: 0, sent: 1, failed: 2, skipped: 3, unconfirmed: 4 } as const;
const WAS_FAILED = 5;
const WAS_UNCONFIRMED = 6;
const CODES = 7;
const OUTCOMES: readonly RecipientOutcome[] = [
  'waiting',
  'sent',
  'failed',
  'skipped',
  'unconfirmed',
  'waiting',
  'waiting',
];
const STOPPED = 'stopped';

const untouched = (size: number): PageColumns => ({
  states: new Uint8Array(size),
  reasons: new Uint16Array(size),
  at: new Uint32Array(size),
  dictionary: [],
  receipts: new Map(),
  messages: new Map(),
});

const NO_MESSAGES: readonly AcceptedMessage[] = [];

/**
 * The recipients of one planned batch: seven bytes each. It knows the lane protocol's table B as far as totals and reasons
 * need it, and refuses what the table does not list.
 */
export class RecipientPage {
  readonly from: number;
  readonly size: number;
  readonly #states: Uint8Array;
  readonly #reasons: Uint16Array;
  readonly #at: Uint32Array;
  readonly #dictionary: string[];
  readonly #receipts: Map<number, readonly ReceiptTally[]>;
  readonly #messages: Map<number, readonly AcceptedMessage[]>;
  readonly #counts = new Array<number>(CODES).fill(0);

  /** Without columns a new page, on which everybody waits. */
  constructor(from: number, size: number, columns: PageColumns = untouched(size)) {
    this.from = from;
    this.size = size;
    this.#states = columns.states;
    this.#reasons = columns.reasons;
    this.#at = columns.at;
    this.#dictionary = [...columns.dictionary];
    this.#receipts = new Map(columns.receipts);
    this.#messages = new Map(columns.messages);
    for (const code of this.#states) this.#counts[code] = (this.#counts[code] ?? 0) + 1;
  }

  /** What is to be stored. */
  get columns(): PageColumns {
    return {
      states: this.#states,
      reasons: this.#reasons,
      at: this.#at,
      dictionary: this.#dictionary,
      receipts: this.#receipts,
      messages: this.#messages,
    };
  }

  /** Recipients by outcome; `waiting` with the reopened. */
  get counts(): Readonly<Record<RecipientOutcome, number>> {
    const [waiting = 0, sent = 0, failed = 0, skipped = 0, unconfirmed = 0, ...again] =
      this.#counts;
    const reopened = again.reduce((sum, count) => sum + count, 0);
    return { waiting: waiting + reopened, sent, failed, skipped, unconfirmed };
  }

  holds(index: number): boolean {
    return index >= this.from && index < this.from + this.size;
  }

  place(index: number): PlaceState {
    const slot = this.#slot(index);
    const outcome = OUTCOMES[this.#states[slot] ?? 0] ?? 'waiting';
    const told = {
      receipts: this.#receipts.get(slot) ?? [],
      messages: this.#messages.get(slot) ?? NO_MESSAGES,
    };
    if (outcome === 'waiting') return { outcome, reason: undefined, at: undefined, ...told };
    return { outcome, reason: this.#reasonOf(slot), at: this.#at[slot], ...told };
  }

  /** Parts that the messenger accepted; only those that say when they left can be named by receipts. */
  accept(index: number, parts: NonNullable<EntryDetail['parts']>): void {
    const timed = parts.flatMap(([part, id, at]) => (at === undefined ? [] : [{ part, id, at }]));
    if (timed.length === 0) return;
    const slot = this.#slot(index);
    const known = this.#messages.get(slot) ?? NO_MESSAGES;
    const others = known.filter(({ part }) => !timed.some((one) => one.part === part));
    this.#messages.set(slot, [...others, ...timed]);
  }

  /** A settled entry of WindowTurned. @throws IllegalHistory */
  settle(
    index: number,
    outcome: SettledOutcome,
    { reason, at, moves }: { reason: string | undefined; at: number; moves: Moves },
  ): void {
    const slot = this.#slot(index);
    const code = this.#states[slot];
    const fresh = code === CODE.waiting || code === WAS_FAILED;
    if (!fresh && code !== WAS_UNCONFIRMED)
      illegal('settled, though not waiting', { index, outcome });
    if (outcome === 'returned') return;
    if (!fresh && (outcome === 'failed' || outcome === 'skipped'))
      illegal('settled against its doubt', { index, outcome });
    this.#become(slot, outcome, reason, at);
    moves.add(outcome, reason, 1);
  }

  /** An entry of OutcomeLearned. @throws IllegalHistory */
  learn(
    index: number,
    outcome: LearnedOutcome,
    { reason, at, moves }: { reason: string | undefined; at: number; moves: Moves },
  ): void {
    const slot = this.#slot(index);
    if (this.#states[slot] !== CODE.unconfirmed)
      illegal('learned, though not unconfirmed', { index, outcome });
    moves.add('unconfirmed', this.#reasonOf(slot), -1);
    this.#become(slot, outcome, reason, at);
    moves.add(outcome, reason, 1);
  }

  /** All who are `what` wait again. */
  reopen(what: RetryWhat, moves: Moves): void {
    if (this.#counts[CODE[what]] === 0) return;
    const waiting = what === 'failed' ? WAS_FAILED : WAS_UNCONFIRMED;
    for (const [slot, code] of this.#states.entries()) {
      if (code !== CODE[what]) continue;
      moves.add(what, this.#reasonOf(slot), -1);
      this.#enter(slot, waiting);
    }
  }

  /** The lane completed after a stop: the untried are skipped, the reopened are again what they were. */
  giveBack(at: number, moves: Moves): void {
    if (this.counts.waiting === 0) return;
    for (const [slot, code] of this.#states.entries()) {
      if (code === CODE.waiting) {
        this.#become(slot, 'skipped', STOPPED, at);
        moves.add('skipped', STOPPED, 1);
      } else if (code === WAS_FAILED) this.#restore(slot, 'failed', moves);
      else if (code === WAS_UNCONFIRMED) this.#restore(slot, 'unconfirmed', moves);
    }
  }

  receive(told: Told): void {
    const slot = this.#slot(told.index);
    this.#receipts.set(slot, tallied(this.#receipts.get(slot) ?? [], told));
  }

  #slot(index: number): number {
    if (!this.holds(index)) illegal('an index outside the page', { index });
    return index - this.from;
  }

  #reasonOf(slot: number): string | undefined {
    return this.#dictionary[(this.#reasons[slot] ?? 0) - 1];
  }

  #become(slot: number, outcome: Outcome, reason: string | undefined, at: number): void {
    this.#enter(slot, CODE[outcome]);
    this.#reasons[slot] = reason === undefined ? 0 : this.#codeOf(reason);
    this.#at[slot] = at;
  }

  #codeOf(reason: string): number {
    const known = this.#dictionary.indexOf(reason);
    return known >= 0 ? known + 1 : this.#dictionary.push(reason);
  }

  #restore(slot: number, outcome: RetryWhat, moves: Moves): void {
    this.#enter(slot, CODE[outcome]);
    moves.add(outcome, this.#reasonOf(slot), 1);
  }

  #enter(slot: number, code: number): void {
    const former = this.#states[slot] ?? 0;
    this.#counts[former] = (this.#counts[former] ?? 0) - 1;
    this.#counts[code] = (this.#counts[code] ?? 0) + 1;
    this.#states[slot] = code;
  }
}

const illegal = (what: string, context: Record<string, unknown>): never => {
  throw new IllegalHistory(`A lane's stream holds what no rule allows: ${what}`, context);
};
