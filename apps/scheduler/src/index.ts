import { ReadBehaviours, type BehaviourSource } from '@crier/audience';
import { Scheduler, type SchedulerDeps } from '@crier/delivery';

export interface SchedulerAppDeps extends Omit<SchedulerDeps, 'behaviours'> {
  /** The statistics, for audiences that ask for what people did; without them such broadcasts are held. */
  readonly readModels?: BehaviourSource;
}

/** The app `scheduler`: due times, freezing and planning, shares, closing. */
export class SchedulerApp {
  readonly #scheduler: Scheduler;

  constructor({ readModels, ...deps }: SchedulerAppDeps) {
    const behaviours = readModels && { behaviours: new ReadBehaviours(readModels) };
    this.#scheduler = new Scheduler({ ...deps, ...behaviours });
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
