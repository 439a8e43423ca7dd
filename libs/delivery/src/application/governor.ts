import type { Clock } from '@crier/kernel';
import Bottleneck from 'bottleneck';
import { AsyncResource } from 'node:async_hooks';
import { Pace } from '../domain/pace.ts';

/** Who goes first at a bot: answers to people before tests, tests before broadcasts. */
export const PRIORITY = { reply: 2, test: 4, broadcast: 5 } as const;

/** Pauses that grow never grow beyond this. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * The one gate of a bot, for everything it sends (P5): slices pass one after another, by priority, then in the order they
 * asked; so broadcasts that keep one slice waiting share the bot fairly.
 */
export class Governor {
  readonly #queue = new Bottleneck({ maxConcurrent: 1 });
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #onStarts: (starts: number) => void;
  #pausedUntil = 0;
  /** Growing pauses since something was accepted last. */
  #floods = 0;

  /** `rate`: starts per second of the whole bot. `onStarts` is told how many left, slice by slice. */
  constructor(rate: number, clock: Clock, onStarts: (starts: number) => void = () => undefined) {
    this.#clock = clock;
    this.#onStarts = onStarts;
    this.#pace = new Pace(rate, 0, clock.monotonicMs());
  }

  /** Starts per second of the whole bot, at most. */
  get rate(): number {
    return this.#pace.rate;
  }

  /** Milliseconds that the messenger asked this bot to keep quiet still. */
  get pausedMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.monotonicMs());
  }

  /**
   * Nothing leaves for so long. A shorter pause never ends a longer one. `grows`: the messenger named no time, so each such
   * pause is twice the one before, until something is accepted again.
   */
  pause(ms: number, grows = false): void {
    // What was under way when it began tells of the same flood.
    if (grows && this.pausedMs > 0) return;
    const wait = grows ? Math.min(LONGEST_PAUSE_MS, ms * 2 ** this.#floods) : ms;
    if (grows) this.#floods += 1;
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.monotonicMs() + wait);
  }

  /** The messenger takes messages again. */
  eased(): void {
    if (this.pausedMs === 0) this.#floods = 0;
  }

  change(rate: number): void {
    if (rate !== this.#pace.rate) this.#pace.change(rate, this.#clock.monotonicMs());
  }

  /** Runs `start` when `weight` starts may leave; `start` says how many did. `signal` gives the place up. */
  async slice(
    priority: number,
    weight: number,
    start: () => Promise<number>,
    signal?: AbortSignal,
  ): Promise<void> {
    // The queue runs it on behalf of whoever set the queue going; what it does belongs to its own caller.
    const startForCaller = AsyncResource.bind(start);
    await this.#queue.schedule({ priority }, async () => {
      for (;;) {
        if (signal?.aborted === true) return;
        const now = this.#clock.monotonicMs();
        const wait = Math.max(this.pausedMs, this.#pace.waitFor(weight, now));
        if (wait <= 0) break;
        await this.#clock.sleep(wait, signal);
      }
      const left = await startForCaller();
      if (left === 0) return;
      this.#pace.started(left, this.#clock.monotonicMs());
      this.#onStarts(left);
    });
  }

  async close(): Promise<void> {
    await this.#queue.stop({ dropWaitingJobs: false });
  }
}
