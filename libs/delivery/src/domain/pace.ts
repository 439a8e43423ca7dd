/** A slice is never shorter than this: the governor schedules slices, not messages. */
export const SLICE_MS = 40;

/**
 * A second as the sender keeps it: the way to the messenger takes one request some milliseconds longer than another, and no sliding
 * second may hold more there either. Costs half a per cent of a whole rate at most, and nothing of a broken one.
 */
const SECOND_MS = 1_005;

/**
 * When a lane's next starts are due (P5). Start k is at max(its ideal time, start(k − ⌈rate⌉) + 1 s): evenly, never more than
 * ⌈rate⌉ starts in a sliding second, and no burst after a stall. Times are monotonic milliseconds. Pure but for its own memory.
 */
export class Pace {
  #rate: number;
  /** Ideal time of the next start. */
  #ideal: number;
  /** Starts of the last second, oldest first: `[at, count]`. */
  readonly #recent: (readonly [at: number, count: number])[] = [];
  #recentCount = 0;

  /** `rate`: starts per second; `phase`: part of a second by which the beat is shifted. */
  constructor(rate: number, phase: number, now: number) {
    this.#rate = rate;
    this.#ideal = now + (phase * 1_000) / Math.max(rate, 1);
  }

  get rate(): number {
    return this.#rate;
  }

  change(rate: number, now: number): void {
    this.#rate = rate;
    this.#ideal = Math.max(this.#ideal, now);
  }

  /** Weight of a slice: what the rate lets leave in SLICE_MS, at least one. */
  get slice(): number {
    return Math.max(1, Math.floor((this.#rate * SLICE_MS) / 1_000));
  }

  /** Milliseconds until `count` starts are due; 0: now. */
  waitFor(count: number, now: number): number {
    this.#forget(now);
    const limit = Math.ceil(this.#rate);
    let excess = this.#recentCount + count - Math.max(limit, count);
    let at = this.#ideal;
    for (const [started, weight] of this.#recent) {
      if (excess <= 0) break;
      at = Math.max(at, started + SECOND_MS);
      excess -= weight;
    }
    return Math.max(0, at - now);
  }

  /** Notes that `count` starts left. A late start keeps at most one second of its delay, so that the rate is made up evenly. */
  started(count: number, now: number): void {
    const step = (count * 1_000) / this.#rate;
    this.#ideal = Math.max(this.#ideal + step, now + step - LATENESS_KEPT_MS);
    this.#recent.push([now, count]);
    this.#recentCount += count;
    this.#forget(now);
  }

  #forget(now: number): void {
    while (this.#recent[0] && this.#recent[0][0] <= now - SECOND_MS) {
      this.#recentCount -= this.#recent[0][1];
      this.#recent.shift();
    }
  }
}

/** Lateness up to this is caught up (timers are late by a millisecond or two); more is a stall, and is not. */
const LATENESS_KEPT_MS = 200;
