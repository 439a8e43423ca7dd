import {
  SqliteReadModelWriter,
  type SqliteEventStore,
  type SqliteReadModels,
} from '@crier/adapter-sqlite';
import { Maintenance, type Verified } from '@crier/gateway';
import type { Clock, Log } from '@crier/kernel';
import { Projector, verify } from '@crier/statistics';

/** TEMPORARY: the projector in this thread. */
export class ProjectorHere extends Maintenance {
  readonly #projector: Projector;
  readonly #verify: () => Promise<readonly Verified[]>;

  constructor(projector: Projector, check: () => Promise<readonly Verified[]>) {
    super();
    this.#projector = projector;
    this.#verify = check;
  }

  static async open(o: {
    path: string;
    store: SqliteEventStore;
    readModels: () => SqliteReadModels;
    clock: Clock;
    log: Log;
    onLag: (ms: number) => void;
  }): Promise<ProjectorHere> {
    const writer = await SqliteReadModelWriter.open({ path: o.path });
    return new ProjectorHere(
      new Projector({ ...o, writer }),
      () => verify(o.store, o.readModels()) as Promise<readonly Verified[]>,
    );
  }

  start(): Promise<void> {
    return this.#projector.start();
  }
  stop(): Promise<void> {
    return this.#projector.stop();
  }
  rebuild(): Promise<void> {
    return this.#projector.rebuild();
  }
  verify(): Promise<readonly Verified[]> {
    return this.#verify();
  }
  fault(): Promise<string | undefined> {
    return Promise.resolve(this.#projector.status().fault?.message);
  }
}
