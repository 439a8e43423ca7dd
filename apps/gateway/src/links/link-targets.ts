import { broadcastEventOf } from '@crier/broadcast';
import {
  broadcastStream,
  buttonsOf,
  elementsFor,
  type BroadcastEvent,
  type Channel,
  type MessageContent,
  type PlannedLane,
  type Ref,
  type Utm,
} from '@crier/contracts';
import type { EventStore } from '@crier/kernel';

/** Where a ref leads, and who is told of the click. */
export interface LinkTarget {
  readonly url: string;
  readonly kind: 'link' | 'buy';
  readonly botId: string;
  readonly channel: Channel;
  readonly utm?: Utm;
}

interface Sent {
  readonly contents: ReadonlyMap<number, MessageContent>;
  readonly lanes: readonly PlannedLane[];
}

const MOST_KEPT = 500;

const sentOf = (events: readonly BroadcastEvent[]): Sent => {
  const contents = new Map<number, MessageContent>();
  let lanes: readonly PlannedLane[] = [];
  for (const event of events) {
    if (event.type === 'MessageComposed')
      contents.set(event.data.contentRevision, event.data.content);
    if (event.type === 'AudienceFrozen') lanes = event.data.lanes;
  }
  return { contents, lanes };
};

/** The targets of links, from what was sent: never from the address that was opened. */
export class LinkTargets {
  readonly #store: EventStore;
  /** The least recently used first. Only broadcasts that are frozen: these do not change any more. */
  readonly #known = new Map<string, Sent>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Undefined where the ref names no link that was sent. Deleted broadcasts keep their links. @throws Unavailable */
  async find(ref: Ref): Promise<LinkTarget | undefined> {
    const { contents, lanes } = await this.#sent(ref.broadcastId);
    const content = contents.get(ref.contentRevision);
    const lane = lanes.find((one) => one.lane === ref.lane);
    if (!content || !lane) return undefined;
    const { botId, channel } = lane;
    const button = buttonsOf(elementsFor(content, channel))[ref.button];
    if (!button || button.kind === 'message') return undefined;
    const { utm } = content;
    const { url, kind } = button;
    return { url, kind, botId, channel, ...(utm === undefined ? {} : { utm }) };
  }

  async #sent(id: string): Promise<Sent> {
    const known = this.#known.get(id);
    const sent =
      known ?? sentOf((await this.#store.read(broadcastStream(id))).map(broadcastEventOf));
    this.#known.delete(id);
    if (sent.lanes.length > 0) this.#known.set(id, sent);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return sent;
  }
}
