import type { Clock, Revision } from '@crier/kernel';
import type { LaneFold } from '../domain/lane-fold.ts';

/** Windows that other epochs opened, and since when this process knows of them, by its own monotonic clock. */
export class ForeignWindows {
  readonly #clock: Clock;
  readonly #silenceMs: number;
  readonly #since = new Map<Revision, number>();

  constructor(clock: Clock, silenceMs: number) {
    this.#clock = clock;
    this.#silenceMs = silenceMs;
  }

  /** All windows of this fold are foreign: it was read at an adoption. */
  adopt(fold: LaneFold): void {
    this.#since.clear();
    for (const window of fold.windows.keys()) this.add(window);
  }

  add(window: Revision): void {
    this.#since.set(window, this.#clock.monotonicMs());
  }

  /** Those that nobody settled in time: they are in doubt now. */
  silent(fold: LaneFold): readonly Revision[] {
    for (const window of this.#since.keys())
      if (!fold.windows.has(window)) this.#since.delete(window);
    return [...this.#since.keys()].filter((window) => this.#leftMs(window) <= 0);
  }

  /** Recipients in flight by others: nobody knows yet whether they were sent to. */
  inDoubt(fold: LaneFold): number {
    return [...this.#since.keys()].reduce((sum, at) => sum + (fold.windows.get(at)?.open ?? 0), 0);
  }

  /** Milliseconds until the next one is silent for too long. */
  get dueInMs(): number | undefined {
    if (this.#since.size === 0) return undefined;
    return Math.min(...[...this.#since.keys()].map((window) => this.#leftMs(window)));
  }

  #leftMs(window: Revision): number {
    return (this.#since.get(window) ?? 0) + this.#silenceMs - this.#clock.monotonicMs();
  }
}
