import type { Clock } from '@crier/kernel';
import type { BroadcastRow, ReadModels } from '@crier/statistics';

const PATIENCE_MS = 2_000;
const FIRST_LOOK_MS = 5;
const LATER_LOOK_MS = 20;

/** Lets people read what they wrote: waits for the read models, for a while. */
export class FreshRows {
  readonly #readModels: ReadModels;
  readonly #clock: Clock;

  constructor(readModels: ReadModels, clock: Clock) {
    this.#readModels = readModels;
    this.#clock = clock;
  }

  /** The row at this revision or a later one; after 2 s as it is, or undefined where there is none. @throws Unavailable */
  async at(broadcastId: string, revision: number): Promise<BroadcastRow | undefined> {
    return this.#when(broadcastId, (row) => row !== undefined && row.revision >= revision);
  }

  /** Resolves when the row is gone, or after 2 s. @throws Unavailable */
  async gone(broadcastId: string): Promise<void> {
    await this.#when(broadcastId, (row) => row === undefined);
  }

  async #when(
    id: string,
    isReady: (row: BroadcastRow | undefined) => boolean,
  ): Promise<BroadcastRow | undefined> {
    const deadline = this.#clock.monotonicMs() + PATIENCE_MS;
    for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, LATER_LOOK_MS)) {
      const row = await this.#readModels.row(id);
      if (isReady(row) || this.#clock.monotonicMs() >= deadline) return row;
      await this.#clock.sleep(wait);
    }
  }
}
