import type { Connector } from '@crier/connector';
import { laneKey } from '@crier/contracts';
import { freshId, NO_STREAM, type Clock, type EventStore } from '@crier/kernel';
import { LRUCache } from 'lru-cache';
import { contentOf } from '../domain/broadcast-view.ts';
import { LaneFold } from '../domain/lane-fold.ts';
import { decideTurn, type Proof } from '../domain/turn.ts';
import { readLanePlan } from './audience-plan.ts';
import { LaneStore } from './lane-store.ts';

export interface ProofDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly connector: Connector;
  readonly actor: string;
}

interface Place {
  readonly broadcastId: string;
  readonly lane: number;
}

/** Of all folds that are kept, together: a few megabytes. */
const KEPT_RECIPIENTS = 4_000_000;

/** Lanes that nobody sends for any more, as their bot's owner still hears of them. */
export class ClosedLanes {
  readonly #deps: ProofDeps;
  /** As they were last read. Whoever works with one takes it out: two at once never fold into the same. */
  readonly #folds = new LRUCache<string, LaneFold>({
    maxSize: KEPT_RECIPIENTS,
    sizeCalculation: ({ size }) => size + 1,
  });

  constructor(deps: ProofDeps) {
    this.#deps = deps;
  }

  /**
   * Receipts came for these: whoever is unconfirmed was sent, where the message has one part. Told at an exact revision, like
   * every other turn. @throws Unavailable
   */
  async prove(place: Place, proofs: readonly Proof[]): Promise<void> {
    const { store, clock, actor } = this.#deps;
    const lane = new LaneStore(store, clock, { ...place, actor });
    const key = laneKey(place.broadcastId, place.lane);
    const fold = this.#folds.get(key) ?? (await this.#begin(lane, place));
    if (!fold) return;
    this.#folds.delete(key);
    await this.#tell(lane, fold, proofs);
    this.#folds.set(key, fold);
  }

  /** Undefined: nothing was ever said of the lane. */
  async #begin(
    lane: LaneStore,
    { broadcastId, lane: number }: Place,
  ): Promise<LaneFold | undefined> {
    const newest = await this.#deps.store.last(lane.stream);
    if (!newest || newest.revision === NO_STREAM) return undefined;
    return new LaneFold((await readLanePlan(this.#deps.store, broadcastId, number)).planned);
  }

  async #tell(lane: LaneStore, fold: LaneFold, proofs: readonly Proof[]): Promise<void> {
    const epoch = freshId();
    for (;;) {
      await lane.catchUp(fold, () => undefined);
      const proven = proofs.filter(
        ({ index }) => index < fold.size && fold.state(index) === 'unconfirmed',
      );
      if (proven.length === 0 || (await this.#partsOf(lane, fold)) !== 1) return;
      const events = decideTurn(fold, { ...NOTHING_ELSE, epoch, proven });
      if (events.length === 0 || (await lane.append(fold, epoch, events))) return;
    }
  }

  /** The receipt of a part proves that part only. */
  async #partsOf(lane: LaneStore, { assets }: LaneFold): Promise<number> {
    const { connector } = this.#deps;
    return connector.compile(contentOf(await lane.broadcast(), connector.channel), assets).parts;
  }
}

const NOTHING_ELSE = {
  attempts: [],
  silent: [],
  reopenable: () => false,
  owner: false,
  sending: false,
  stopped: false,
  open: [],
  contentRevision: 0,
  skip: [],
  orders: [],
} as const;
