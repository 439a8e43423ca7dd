import {
  broadcastStream,
  buttonsOf,
  elementsFor,
  type BroadcastEvent,
  type Button,
  type MessageContent,
  type PlannedLane,
  type Ref,
} from '@crier/contracts';
import { upcaster, type EventStore, type StoredEvent } from '@crier/kernel';
import { LRUCache } from 'lru-cache';

interface Sent {
  readonly lanes: readonly PlannedLane[];
  readonly contents: ReadonlyMap<number, MessageContent>;
}

/** A button that was sent: in which lane, and with what message. */
export interface SentButton {
  readonly lane: PlannedLane;
  readonly content: MessageContent;
  readonly button: Button;
}

const MOST_KEPT = 500;

/** All types are at version 1. */
const lift = upcaster({});

const sentOf = (history: readonly StoredEvent[]): Sent => {
  const contents = new Map<number, MessageContent>();
  let lanes: readonly PlannedLane[] = [];
  for (const { type, data } of history.map(lift)) {
    const event = { type, data } as BroadcastEvent;
    if (event.type === 'MessageComposed')
      contents.set(event.data.contentRevision, event.data.content);
    if (event.type === 'AudienceFrozen') ({ lanes } = event.data);
  }
  return { lanes, contents };
};

/** Which places and buttons were ever sent: a ref outlives its signature's broadcast where a store was restored. */
export class SentPlaces {
  readonly #store: EventStore;
  /** Only broadcasts that are frozen: these do not change any more. */
  readonly #known = new LRUCache<string, Sent>({ max: MOST_KEPT });

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Whether somebody was to get this button at this place. @throws Unavailable */
  async has(ref: Ref): Promise<boolean> {
    const found = await this.find(ref);
    return found !== undefined && (ref.index ?? 0) < found.lane.planned;
  }

  /** The button that a ref names; undefined where none was sent. Deleted broadcasts keep theirs. @throws Unavailable */
  async find(ref: Ref): Promise<SentButton | undefined> {
    const { lanes, contents } = await this.#sent(ref.broadcastId);
    const lane = lanes.find((one) => one.lane === ref.lane);
    const content = contents.get(ref.contentRevision);
    if (!lane || !content) return undefined;
    const button = buttonsOf(elementsFor(content, lane.channel))[ref.button];
    return button && { lane, content, button };
  }

  async #sent(broadcastId: string): Promise<Sent> {
    const known = this.#known.get(broadcastId);
    if (known) return known;
    const sent = sentOf(await this.#store.read(broadcastStream(broadcastId)));
    if (sent.lanes.length > 0) this.#known.set(broadcastId, sent);
    return sent;
  }
}
