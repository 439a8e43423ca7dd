import { topics } from '@crier/contracts';
import type { Log, MessageBus, Subscription } from '@crier/kernel';
import type { Projector } from '@crier/statistics';

/** Keeps the read models up, and rebuilds them when it is asked on `upkeep`. */
export class ProjectorDuty {
  readonly #projector: Projector;
  readonly #bus: MessageBus;
  readonly #log: Log;
  #asked: Subscription | undefined;

  constructor(projector: Projector, bus: MessageBus, log: Log) {
    this.#projector = projector;
    this.#bus = bus;
    this.#log = log;
  }

  async start(): Promise<void> {
    await this.#projector.start();
    this.#asked = await this.#bus.consume({
      topic: topics.upkeep,
      group: 'projector',
      onBatch: () => this.#rebuild(),
    });
  }

  async stop(): Promise<void> {
    await this.#asked?.close();
    await this.#projector.stop();
  }

  /** Why it stands still, if it does. */
  fault(): string | undefined {
    return this.#projector.status().fault?.message;
  }

  /** Begun is enough: an unfinished rebuild goes on by itself after a crash. */
  #rebuild(): Promise<void> {
    this.#projector.rebuild().catch((error: unknown) => {
      this.#log.warn('rebuild ended before it served', { error: String(error) });
    });
    return Promise.resolve();
  }
}
