import type { ProjectorStatus } from '@crier/statistics';

/** Whatever folds: a Projector in this thread, or the handle of one in a thread of its own. */
export interface Projecting {
  start(): Promise<void>;
  stop(): Promise<void>;
  rebuild(): Promise<void>;
  status(): ProjectorStatus | Promise<ProjectorStatus>;
}

/** What `/health` says about the read models. */
export interface ProjectorHealth {
  readonly ready: boolean;
  readonly status: ProjectorStatus;
}

/** Keeps the read models up for as long as its process runs. */
export class ProjectorApp {
  readonly #projector: Projecting;

  constructor(projector: Projecting) {
    this.#projector = projector;
  }

  /** @throws Unavailable where the thread's stores cannot be opened */
  start(): Promise<void> {
    return this.#projector.start();
  }

  /** Resolves when nothing is folded any more. */
  stop(): Promise<void> {
    return this.#projector.stop();
  }

  /** Resolves when the rebuilt read models serve. @throws REBUILD_RUNNING, PROJECTOR_STOPPED, UNAVAILABLE */
  rebuild(): Promise<void> {
    return this.#projector.rebuild();
  }

  async status(): Promise<ProjectorStatus> {
    return this.#projector.status();
  }

  /** Not ready while it stands still before an event that cannot be applied. */
  async health(): Promise<ProjectorHealth> {
    const status = await this.status();
    return { ready: status.state === 'running', status };
  }
}
