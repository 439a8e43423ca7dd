import { topics } from '@crier/contracts';
import type { IncomingMessage, MessageBus, Subscription } from '@crier/kernel';

/**
 * Which broadcasts this copy of the scheduler works at: every open one has an entry in the table `agenda`, and the copies share
 * its partitions. All copies read all facts, so that any of them can go on at once.
 */
export class AgendaShare {
  readonly #bus: MessageBus;
  readonly #onGained: (broadcastIds: readonly string[]) => Promise<void>;
  readonly #onLost: (broadcastIds: readonly string[]) => void;
  readonly #held = new Map<number, Set<string>>();
  #membership: Subscription | undefined;

  /** `onGained` may hear of a broadcast that it has. Rejecting lets it be called again. */
  constructor(
    bus: MessageBus,
    onGained: (broadcastIds: readonly string[]) => Promise<void>,
    onLost: (broadcastIds: readonly string[]) => void,
  ) {
    this.#bus = bus;
    this.#onGained = onGained;
    this.#onLost = onLost;
  }

  async join(): Promise<void> {
    this.#membership = await this.#bus.own({
      group: 'scheduler',
      table: topics.agenda,
      logs: {},
      onAssigned: async (partition, entries) => {
        this.#held.set(partition, new Set());
        await this.#gain(entries);
      },
      onChange: (changes) => this.#gain(changes),
      onRevoked: (partition) => {
        const lost = [...(this.#held.get(partition) ?? [])];
        this.#held.delete(partition);
        this.#onLost(lost);
        return Promise.resolve();
      },
    });
  }

  async leave(): Promise<void> {
    await this.#membership?.close();
  }

  has(broadcastId: string): boolean {
    for (const broadcasts of this.#held.values()) if (broadcasts.has(broadcastId)) return true;
    return false;
  }

  /** It is open: one of the copies is to work at it. */
  async enter(broadcastId: string): Promise<void> {
    await this.#bus.publish([{ topic: topics.agenda, key: broadcastId, value: { v: 1 } }]);
  }

  /** It is over. */
  async remove(broadcastId: string): Promise<void> {
    await this.#bus.publish([{ topic: topics.agenda, key: broadcastId, value: null }]);
  }

  async #gain(entries: readonly IncomingMessage[]): Promise<void> {
    const gained: string[] = [];
    for (const { partition, key, value } of entries)
      if (value === null) this.#held.get(partition)?.delete(key);
      else {
        this.#held.get(partition)?.add(key);
        gained.push(key);
      }
    if (gained.length > 0) await this.#onGained(gained);
  }
}
