import { audienceStream, BATCH_SIZE, type AudienceEvent, type LanePlan } from '@crier/contracts';
import { IllegalHistory, Unavailable, type EventStore } from '@crier/kernel';
import { LRUCache } from 'lru-cache';

const KEPT_BATCHES = 4;

/** Batches of one lane, read one at a time by their revision; a few are kept. */
export class LaneBatches {
  readonly #store: EventStore;
  readonly #stream: string;
  readonly #plan: LanePlan;
  readonly #kept = new LRUCache<number, readonly string[]>({ max: KEPT_BATCHES });

  constructor(store: EventStore, broadcastId: string, plan: LanePlan) {
    this.#store = store;
    this.#stream = audienceStream(broadcastId);
    this.#plan = plan;
  }

  /** The stretch of indexes `[from, end)` of the batch that holds `index`. */
  readonly stretchOf = (index: number): readonly [number, number] => {
    const at = this.#batchOf(index);
    const from = this.#plan.batches[at]?.[1] ?? 0;
    return [from, this.#plan.batches[at + 1]?.[1] ?? this.#plan.planned];
  };

  /** The stretch of as many batches, from that of `index` on, as hold `most` where they are full. */
  stretchFor(index: number, most: number): readonly [number, number] {
    const at = this.#batchOf(index);
    const next = at + Math.ceil(most / BATCH_SIZE);
    const { batches, planned } = this.#plan;
    return [batches[at]?.[1] ?? 0, batches[next]?.[1] ?? planned];
  }

  /** The contacts at these indexes of one batch, side by side. */
  async contactsAt(indexes: readonly number[]): Promise<readonly string[]> {
    const first = indexes[0];
    if (first === undefined) return [];
    const batch = this.#batchOf(first);
    const from = this.#plan.batches[batch]?.[1] ?? 0;
    const contacts = await this.#read(batch);
    return indexes.map((index) => contacts[index - from] ?? missing(this.#stream, index));
  }

  #batchOf(index: number): number {
    const { batches } = this.#plan;
    let low = 0;
    let high = batches.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((batches[middle]?.[1] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #read(batch: number): Promise<readonly string[]> {
    const kept = this.#kept.get(batch);
    if (kept) return kept;
    const revision = this.#plan.batches[batch]?.[0];
    const [stored] =
      revision === undefined
        ? []
        : await this.#store.read(this.#stream, { from: revision, max: 1 });
    if (stored?.type !== 'BatchPlanned') return missing(this.#stream, batch);
    const { contactIds } = stored.data as Extract<AudienceEvent, { type: 'BatchPlanned' }>['data'];
    this.#kept.set(batch, contactIds);
    return contactIds;
  }
}

const missing = (stream: string, at: number): never => {
  throw new IllegalHistory('The plan names a batch that is not there', { stream, at });
};

/** The plan of one lane. @throws Unavailable while the audience is not planned yet */
export const readLanePlan = async (
  store: EventStore,
  broadcastId: string,
  lane: number,
): Promise<LanePlan> => {
  const last = await store.last(audienceStream(broadcastId));
  if (last?.type !== 'AudiencePlanned')
    throw new Unavailable('The audience is not planned yet', { broadcastId });
  const { lanes } = last.data as Extract<AudienceEvent, { type: 'AudiencePlanned' }>['data'];
  return lanes.find((plan) => plan.lane === lane) ?? missing(audienceStream(broadcastId), lane);
};
