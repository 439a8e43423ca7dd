import { Clock, type Instant } from '@crier/kernel';

/** A clock that stands still. */
export class FixedClock extends Clock {
  readonly #now: Instant;

  constructor(now: Instant) {
    super();
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  monotonicMs(): number {
    return 0;
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }
}
