import {
  broadcastStream,
  deliveryStream,
  type BroadcastEvent,
  type DeliveryEvent,
} from '@crier/contracts';
import {
  AppError,
  AppendOutcomeUnknown,
  ConcurrencyConflict,
  derivedId,
  type Clock,
  type EventStore,
  type NewEvent,
  type StoredEvent,
} from '@crier/kernel';
import { UNKNOWN_BROADCAST, viewAfter, type BroadcastView } from '../domain/broadcast-view.ts';
import type { LaneFold } from '../domain/lane-fold.ts';

const PAGE = 200;
const REPEAT_AFTER_MS = 200;

/** Domain events are stored as they are; what was stored is what the types say (golden files keep watch). */
const deliveryEvent = (stored: StoredEvent): DeliveryEvent =>
  ({ type: stored.type, data: stored.data }) as DeliveryEvent;

/** The stream of one lane, as one epoch of one process writes it: exact revisions, ids of epoch and decision (R1, R3). */
export class LaneStore {
  readonly stream: string;
  readonly #store: EventStore;
  readonly #clock: Clock;
  readonly #broadcastId: string;
  readonly #actor: string;
  #decisions = 0;

  constructor(
    store: EventStore,
    clock: Clock,
    place: { broadcastId: string; lane: number; actor: string },
  ) {
    this.stream = deliveryStream(place.broadcastId, place.lane);
    this.#store = store;
    this.#clock = clock;
    this.#broadcastId = place.broadcastId;
    this.#actor = place.actor;
  }

  /** Folds what is new. Gives each new event to `seen` after it is folded. */
  async catchUp(
    fold: LaneFold,
    seen: (event: DeliveryEvent, revision: number) => void,
  ): Promise<void> {
    for (;;) {
      const page = await this.#store.read(this.stream, { from: fold.revision + 1, max: PAGE });
      for (const stored of page) {
        const event = deliveryEvent(stored);
        fold.apply(event, stored.revision, stored.metadata.recordedAt);
        seen(event, stored.revision);
      }
      if (page.length < PAGE) return;
    }
  }

  /** Appends one decision behind the fold and folds it. False: another writer was first, nothing was written. An unknown answer is repeated word for word until it is known. */
  async append(fold: LaneFold, epoch: string, events: readonly DeliveryEvent[]): Promise<boolean> {
    this.#decisions += 1;
    const decision = this.#decisions;
    const at = this.#clock.now();
    const expected = fold.revision;
    const stored = events.map((event, k) =>
      this.#newEvent(event, derivedId(epoch, decision, k), at),
    );
    let inDoubt = false;
    for (;;) {
      try {
        await this.#store.append(this.stream, expected, stored);
        break;
      } catch (error) {
        if (error instanceof ConcurrencyConflict) return false;
        inDoubt ||= error instanceof AppendOutcomeUnknown;
        if (!inDoubt || !(error instanceof AppError) || error.verdict === 'park') throw error;
        await this.#clock.sleep(REPEAT_AFTER_MS);
      }
    }
    events.forEach((event, k) => {
      fold.apply(event, expected + 1 + k, at);
    });
    return true;
  }

  /** The broadcast as its stream has it now. */
  async broadcast(): Promise<BroadcastView> {
    const history = await this.#store.read(broadcastStream(this.#broadcastId));
    return history.reduce(
      (view, { type, data, revision, metadata }) =>
        viewAfter(view, { type, data } as BroadcastEvent, revision, metadata.recordedAt),
      UNKNOWN_BROADCAST,
    );
  }

  #newEvent(event: DeliveryEvent, id: string, recordedAt: string): NewEvent {
    const metadata = {
      schemaVersion: 1,
      correlationId: this.#broadcastId,
      causationId: this.#broadcastId,
      actor: this.#actor,
      recordedAt,
    };
    return { id, type: event.type, data: event.data, metadata };
  }
}
