import { setTimeout as pause } from 'node:timers/promises';

/** Lets requests start one after the other, evenly: a stall is not made up for. */
export class Pacer {
  readonly #intervalMs: number;
  #last = -Infinity;
  #queue: Promise<void> = Promise.resolve();

  constructor(perSecond: number) {
    this.#intervalMs = 1000 / perSecond;
  }

  /** Resolves when the next request may start; first come, first served. */
  turn(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#wait());
    return this.#queue;
  }

  async #wait(): Promise<void> {
    // Timers may fire a little early.
    for (let left = this.#left(); left > 0; left = this.#left()) await pause(Math.ceil(left));
    this.#last = performance.now();
  }

  #left(): number {
    return this.#last + this.#intervalMs - performance.now();
  }
}
