import {
  broadcastStream,
  buttonsOf,
  elementsFor,
  type BroadcastEvent,
  type MessageContent,
  type PlannedLane,
  type Ref,
} from '@crier/contracts';
import type { EventStore } from '@crier/kernel';

interface Sent {
  readonly lanes: readonly PlannedLane[];
  readonly contents: ReadonlyMap<number, MessageContent>;
}

const MOST_KEPT = 500;

/** Which places and buttons were ever sent: a ref outlives its signature's broadcast where a store was restored. */
export class SentPlaces {
  readonly #store: EventStore;
  /** The least recently used first. Only broadcasts that are frozen: these do not change any more. */
  readonly #known = new Map<string, Sent>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Whether somebody was to get this button. Deleted broadcasts keep their places. @throws Unavailable */
  async has({ broadcastId, lane, index = 0, button, contentRevision }: Ref): Promise<boolean> {
    const { lanes, contents } = await this.#sent(broadcastId);
    const planned = lanes.find((one) => one.lane === lane);
    const content = contents.get(contentRevision);
    if (!planned || !content || index >= planned.planned) return false;
    return button < buttonsOf(elementsFor(content, planned.channel)).length;
  }

  async #sent(broadcastId: string): Promise<Sent> {
    const known = this.#known.get(broadcastId);
    const sent = known ?? (await this.#read(broadcastId));
    this.#known.delete(broadcastId);
    if (sent.lanes.length > 0) this.#known.set(broadcastId, sent);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return sent;
  }

  async #read(broadcastId: string): Promise<Sent> {
    const contents = new Map<number, MessageContent>();
    let lanes: readonly PlannedLane[] = [];
    for (const { type, data } of await this.#store.read(broadcastStream(broadcastId))) {
      const event = { type, data } as BroadcastEvent;
      if (event.type === 'MessageComposed')
        contents.set(event.data.contentRevision, event.data.content);
      if (event.type === 'AudienceFrozen') ({ lanes } = event.data);
    }
    return { lanes, contents };
  }
}
