import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Figures } from './figures.ts';

/** How late a timer came in a thread that does nothing else, in milliseconds. */
export interface Lateness {
  readonly p99: number;
  readonly most: number;
}

/** Watches how busy the machine is: when even an idle thread wakes up late, arrivals say little of who sent them. */
export class IdleTimer {
  readonly #worker = new Worker(new URL('./idle-timer.worker.ts', import.meta.url));

  async stop(): Promise<Lateness> {
    const told = once(this.#worker, 'message') as Promise<[Lateness]>;
    this.#worker.postMessage('stop');
    const [lateness] = await told;
    await this.#worker.terminate();
    return lateness;
  }
}

export const noteLateness = (figures: Figures, { p99, most }: Lateness): void => {
  figures.note(
    'machine: lateness of an idle timer, ms (p99, max)',
    `${p99.toFixed(1)}, ${most.toFixed(1)}`,
  );
};
