import { setTimeout as delay } from 'node:timers/promises';
import { AppendOutcomeUnknown, Unavailable } from '../errors.ts';
import {
  EventStore,
  type Appended,
  type ReadOptions,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../event-store.ts';
import type { NewEvent, Position, Revision, StoredEvent } from '../recorded.ts';
import { seededRandom, type Random } from './random.ts';

/** How hostile: the same seed and the same calls give the same troubles. All chances are in [0, 1]. */
export interface EventStoreHostility {
  readonly seed: number;
  /** An append is stored, but its answer is AppendOutcomeUnknown. */
  readonly lostAnswer?: number;
  /** The caller gets AppendOutcomeUnknown at once; the append reaches the store later. */
  readonly lateAppend?: number;
  /** An append is refused with Unavailable and not stored. */
  readonly refused?: number;
  /** After a batch of a subscription, one or more earlier batches come again. */
  readonly repeatedBatch?: number;
  /** Every call waits up to so long. */
  readonly delayMs?: number;
  /** A late append is up to so late, 20 ms by default. */
  readonly lateMs?: number;
}

const LATE_MS = 20;
const REMEMBERED_BATCHES = 3;

/** An event store behind a bad network: everything its port allows to go wrong does so, now and then. */
export class HostileEventStore extends EventStore {
  readonly #inner: EventStore;
  readonly #hostility: EventStoreHostility;
  readonly #random: Random;
  readonly #late = new Set<Promise<unknown>>();

  constructor(inner: EventStore, hostility: EventStoreHostility) {
    super();
    this.#inner = inner;
    this.#hostility = hostility;
    this.#random = seededRandom(hostility.seed);
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    const { refused, lateAppend, lostAnswer } = this.#hostility;
    const troubles = [this.#happens(refused), this.#happens(lateAppend), this.#happens(lostAnswer)];
    const lateMs = this.#random() * (this.#hostility.lateMs ?? LATE_MS);
    await this.#delay();
    if (troubles[0]) throw new Unavailable('Refused', { stream });
    if (troubles[1]) {
      this.#appendLater(lateMs, stream, expected, events);
      throw new AppendOutcomeUnknown('Still on its way', { stream, expected });
    }
    const appended = await this.#inner.append(stream, expected, events);
    if (troubles[2]) throw new AppendOutcomeUnknown('Answer lost', { stream, expected });
    return appended;
  }

  async read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]> {
    await this.#delay();
    return this.#inner.read(stream, options);
  }

  async last(stream: string): Promise<StoredEvent | undefined> {
    await this.#delay();
    return this.#inner.last(stream);
  }

  async head(): Promise<Position | undefined> {
    await this.#delay();
    return this.#inner.head();
  }

  /** Like a reader that was thrown back to an earlier checkpoint: what it repeats, it repeats in order. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch> {
    let recent: readonly SubscriptionBatch[] = [];
    for await (const batch of this.#inner.subscribe(options)) {
      await this.#delay();
      yield batch;
      recent = [...recent, batch].slice(-REMEMBERED_BATCHES);
      if (!this.#happens(this.#hostility.repeatedBatch)) continue;
      for (const again of recent.slice(Math.floor(this.#random() * recent.length))) {
        if (options.signal.aborted) return;
        yield again;
      }
    }
  }

  /** Resolves when every late append has reached the store, or been refused by it. */
  async settle(): Promise<void> {
    while (this.#late.size > 0) await Promise.all(this.#late);
  }

  #appendLater(
    lateMs: number,
    stream: string,
    expected: Revision,
    events: readonly NewEvent[],
  ): void {
    const landing = delay(lateMs)
      .then(() => this.#inner.append(stream, expected, events))
      .catch(() => undefined) // its caller was told long ago that nothing is known
      .finally(() => this.#late.delete(landing));
    this.#late.add(landing);
  }

  #happens(chance = 0): boolean {
    return this.#random() < chance;
  }

  async #delay(): Promise<void> {
    const { delayMs = 0 } = this.#hostility;
    if (delayMs > 0) await delay(this.#random() * delayMs);
  }
}
