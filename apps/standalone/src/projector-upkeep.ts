import type { ProjectorThread } from '@crier/adapter-sqlite';
import { Maintenance, type Verified } from '@crier/gateway';

/** The upkeep of the read models, done by the projector's thread. */
export class ProjectorUpkeep extends Maintenance {
  readonly #projector: ProjectorThread;

  constructor(projector: ProjectorThread) {
    super();
    this.#projector = projector;
  }

  rebuild(): Promise<void> {
    return this.#projector.rebuild();
  }

  verify(): Promise<readonly Verified[]> {
    return this.#projector.verify();
  }
}
