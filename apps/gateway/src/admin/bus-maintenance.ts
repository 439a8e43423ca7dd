import { topics } from '@crier/contracts';
import { freshId, Unavailable, type Clock, type EventStore, type MessageBus } from '@crier/kernel';
import { RebuildRunning, verify, type ReadModels } from '@crier/statistics';
import { Maintenance, type Verified } from '../ports/maintenance.ts';

export interface BusMaintenanceDeps {
  readonly bus: MessageBus;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

/** A small rebuild is over soon after it has begun. */
const LOOK_MS = 25;
/** A large one takes minutes: it is not asked for as often. */
const LOOK_AGAIN_MS = 500;
const BEGUN_WITHIN_MS = 10_000;

/** Asks whichever projector is active, and sees in the read models what became of it. */
export class BusMaintenance extends Maintenance {
  readonly #deps: BusMaintenanceDeps;

  constructor(deps: BusMaintenanceDeps) {
    super();
    this.#deps = deps;
  }

  /** @throws RebuildRunning; Unavailable when no projector has begun in 10 s */
  async rebuild(): Promise<void> {
    const { bus } = this.#deps;
    if (await this.#isRebuilding())
      throw new RebuildRunning('The read models are being rebuilt already');
    await bus.publish([{ topic: topics.upkeep, key: freshId(), value: { v: 1, kind: 'rebuild' } }]);
    if (!(await this.#comesTo(true, LOOK_MS, BEGUN_WITHIN_MS)))
      throw new Unavailable('No projector has begun to rebuild the read models');
    await this.#comesTo(false, LOOK_AGAIN_MS);
  }

  verify(): Promise<readonly Verified[]> {
    return verify(this.#deps.store, this.#deps.readModels);
  }

  async #comesTo(rebuilding: boolean, everyMs: number, withinMs = Infinity): Promise<boolean> {
    const { clock } = this.#deps;
    const since = clock.monotonicMs();
    while ((await this.#isRebuilding()) !== rebuilding) {
      if (clock.monotonicMs() - since > withinMs) return false;
      await clock.sleep(everyMs);
    }
    return true;
  }

  async #isRebuilding(): Promise<boolean> {
    return (await this.#deps.readModels.progress()).some(({ rebuilding }) => rebuilding);
  }
}
