import type { Clock, Revision } from '@crier/kernel';
import type { LaneFold } from '../domain/lane-fold.ts';
import type { Attempt, Proof } from '../domain/turn.ts';

/** A result is stored no later than this, even when its window still has others under way. */
const SETTLE_MS = 1_000;

/** What is known in memory and not in the stream yet: answers of the messenger, and receipts that prove somebody sent. */
export class LaneResults {
  readonly #clock: Clock;
  readonly #attempts: Attempt[] = [];
  readonly #proven = new Map<number, Proof>();
  /** Own recipients in flight that a receipt has come for before their answer. */
  readonly #receipted = new Map<number, Proof>();
  /** Own windows: how many of their recipients have no answer yet. */
  readonly #outstanding = new Map<Revision, number>();
  #oldestAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The oldest answers, at most so many: one append holds no more than fits. */
  oldest(most: number): readonly Attempt[] {
    return this.#attempts.slice(0, most);
  }

  get proven(): readonly Proof[] {
    return [...this.#proven.values()];
  }

  /** Milliseconds until the oldest answer has waited long enough; undefined while there is none. */
  get dueInMs(): number | undefined {
    return this.#oldestAt === undefined
      ? undefined
      : this.#oldestAt + SETTLE_MS - this.#clock.monotonicMs();
  }

  /** Not one append per answer: some window has all its answers, or the oldest has waited. */
  get isDue(): boolean {
    if (this.#attempts.length === 0) return false;
    return (
      (this.dueInMs ?? 0) <= 0 || this.#attempts.some(({ window }) => !this.#hasOutstanding(window))
    );
  }

  /** An own window was opened. */
  expect(window: Revision, count: number): void {
    this.#outstanding.set(window, (this.#outstanding.get(window) ?? 0) + count);
  }

  /** An answer, or what became of a licence. True when its window now has them all. */
  note(answer: Attempt): boolean {
    const receipted = this.#receipted.get(answer.index);
    this.#receipted.delete(answer.index);
    const proved = receipted !== undefined && answer.result.kind === 'unknown';
    this.#attempts.push(
      proved ? { ...answer, result: { kind: 'accepted' }, parts: receipted.parts } : answer,
    );
    this.#oldestAt ??= this.#clock.monotonicMs();
    this.#outstanding.set(answer.window, (this.#outstanding.get(answer.window) ?? 1) - 1);
    return !this.#hasOutstanding(answer.window);
  }

  /** Receipts came for these: they are proofs where the fold doubts, or will when their own answer does not come. */
  prove(fold: LaneFold, proofs: readonly Proof[]): void {
    for (const proof of proofs) {
      const { index } = proof;
      if (index >= fold.size) continue;
      const window = fold.windowOf(index);
      if (window !== undefined && this.#outstanding.has(window)) this.#receipted.set(index, proof);
      else if (isDoubtful(fold, index)) this.#proven.set(index, proof);
    }
  }

  isProving(proofs: readonly Proof[]): boolean {
    return proofs.some(({ index }) => this.#proven.has(index));
  }

  /** The stream says these now. */
  stored(attempts: readonly Attempt[], proven: readonly Proof[]): void {
    this.#attempts.splice(0, attempts.length);
    for (const { index } of proven) this.#proven.delete(index);
    if (attempts.length > 0)
      this.#oldestAt = this.#attempts.length > 0 ? this.#clock.monotonicMs() : undefined;
  }

  /** Own windows that still have somebody in flight without an answer. */
  openWindows(fold: LaneFold): number {
    let count = 0;
    for (const [window, outstanding] of this.#outstanding) {
      if (!fold.windows.has(window)) this.#outstanding.delete(window);
      else if (outstanding > 0) count += 1;
    }
    return count;
  }

  /** A new epoch begins: former windows are foreign from now on. */
  forgetWindows(): void {
    this.#outstanding.clear();
  }

  #hasOutstanding(window: Revision): boolean {
    return (this.#outstanding.get(window) ?? 0) > 0;
  }
}

/** In flight, unconfirmed, or waiting again with that doubt: a receipt changes its outcome. */
const isDoubtful = (fold: LaneFold, index: number): boolean => {
  const state = fold.state(index);
  if (state === 'inFlight' || state === 'unconfirmed') return true;
  return state === 'waiting' && fold.before(index) === 'unconfirmed';
};
