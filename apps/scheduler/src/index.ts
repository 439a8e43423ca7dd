import { Scheduler, type SchedulerDeps } from '@crier/delivery';

/** The app `scheduler`: due times, freezing and planning, shares, closing. */
export class SchedulerApp {
  readonly #scheduler: Scheduler;

  constructor(deps: SchedulerDeps) {
    this.#scheduler = new Scheduler(deps);
  }

  /** @throws Unavailable */
  start(): Promise<void> {
    return this.#scheduler.start();
  }

  /** Ends a freeze at its next page; the next start goes on there. */
  stop(): Promise<void> {
    return this.#scheduler.stop();
  }
}
