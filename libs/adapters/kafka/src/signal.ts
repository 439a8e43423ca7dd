import type { Clock } from '@crier/kernel';

/** Wakes who waits. A ring while nobody waits is kept for the next who does. */
export class Signal {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, at once if there was one since the last wait. One may wait at a time. */
  async wait(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    this.#rung = false;
  }
}

/** How long to wait after so many failures in a row. */
export const pauseMs = (failures: number, firstMs: number, longestMs: number): number =>
  Math.min(firstMs * 2 ** (failures - 1), longestMs);

/** Waits for `work`, but not longer than so many milliseconds. */
export const within = async (work: Promise<unknown>, ms: number, clock: Clock): Promise<void> => {
  const over = new AbortController();
  try {
    await Promise.race([work, clock.sleep(ms, over.signal)]);
  } finally {
    over.abort();
  }
};
