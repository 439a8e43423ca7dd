import type { BatchHandler, IncomingMessage, OwnershipOptions } from '@crier/kernel';
import { feed, pauseMs, type Feed, type Reading } from './feed.ts';

/** What a member of a group reads, and in the case of an owner, what it wants to be told. */
export interface Claim {
  readonly group: string;
  readonly logs: Readonly<Record<string, BatchHandler>>;
  readonly owner?: Pick<OwnershipOptions, 'table' | 'onAssigned' | 'onChange' | 'onRevoked'>;
}

/** One partition in the hands of one member: from assignment until it is taken away. */
export class Holding {
  readonly #reading: Reading;
  readonly #claim: Claim;
  readonly #partition: number;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #assigned = false;

  constructor(reading: Reading, claim: Claim, partition: number) {
    this.#reading = reading;
    this.#claim = claim;
    this.#partition = partition;
    this.#running = this.#run();
  }

  /** Resolves when the handlers at work have ended and the owner knows that it is one no more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    if (!this.#assigned) return;
    try {
      await this.#claim.owner?.onRevoked(this.#partition);
    } catch (error) {
      this.#reading.log.warn('owner failed to let go', { partition: this.#partition, error });
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const changes = await this.#assign(signal);
    if (signal.aborted) return;
    const { group, logs } = this.#claim;
    const feeds = Object.entries(logs).map(([topic, onBatch]): Feed => {
      const partition = this.#partition;
      const from = this.#reading.reader.committed(topic, partition, group);
      return { topic, partition, from, group, onBatch };
    });
    await Promise.all([...changes, ...feeds].map((to) => feed(this.#reading, to, signal)));
  }

  /** Tells the owner, until it agrees, what it holds; resolves to the feed of what changes later. */
  async #assign(signal: AbortSignal): Promise<readonly Feed[]> {
    const { owner } = this.#claim;
    if (!owner) return [];
    const partition = this.#partition;
    for (let failures = 1; !signal.aborted; failures += 1)
      try {
        const { entries, next } = this.#reading.reader.table(owner.table, partition);
        await this.#tell(entries);
        return [{ topic: owner.table, partition, from: next, onBatch: owner.onChange }];
      } catch (error) {
        this.#reading.log.warn('partition will be assigned again', { partition, failures, error });
        await this.#reading.clock.sleep(pauseMs(failures), signal);
      }
    return [];
  }

  async #tell(entries: readonly IncomingMessage[]): Promise<void> {
    await this.#claim.owner?.onAssigned(this.#partition, entries);
    this.#assigned = true;
  }
}
