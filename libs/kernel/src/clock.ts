import type { Instant } from './recorded.ts';

/** The only source of time. */
export abstract class Clock {
  /** The wall clock now. */
  abstract now(): Instant;
  /** Milliseconds that never go back or jump, from an arbitrary start. */
  abstract monotonicMs(): number;
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
