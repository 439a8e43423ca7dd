import { SentMessages, type SentMessage } from '@crier/delivery';
import { comparePositions, type EventStore, type Instant } from '@crier/kernel';
import type { Progress, ReadModels, RecipientRow } from '@crier/statistics';

/** Receipts come for the newest messages; who got more broadcasts since then is not told of the older ones. */
const NEWEST = 50;

const sentMessage = ({ receipts, messages, ...row }: RecipientRow): SentMessage => ({
  broadcastId: row.broadcastId,
  lane: row.lane,
  index: row.index,
  botId: row.botId,
  accepted: messages.map(({ id, leftAt }) => ({ id, at: Date.parse(leftAt) })),
  isSent: row.outcome === 'sent',
  isOpen: row.outcome === 'waiting' || row.outcome === 'unconfirmed',
  has: (kind) => receipts.some((receipt) => receipt.kind === kind),
});

/** What was sent to people, from the recipients read model. */
export class ReadModelMessages extends SentMessages {
  readonly #readModels: ReadModels;
  readonly #store: EventStore;

  constructor(readModels: ReadModels, store: EventStore) {
    super();
    this.#readModels = readModels;
    this.#store = store;
  }

  async to(
    botId: string,
    contactIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SentMessage[]>> {
    const found = await this.#readModels.deliveriesAt(botId, contactIds, NEWEST);
    return new Map([...found].map(([contactId, rows]) => [contactId, rows.map(sentMessage)]));
  }

  /** Known is what was folded: past that instant, or up to the end of what there is. */
  async knows(until: Instant): Promise<boolean> {
    const head = await this.#store.head();
    const serving = (await this.#readModels.progress()).filter(({ rebuilding }) => !rebuilding);
    const isPast = ({ position, recordedAt }: Progress): boolean =>
      (recordedAt !== undefined && recordedAt > until) ||
      (position !== undefined && head !== undefined && comparePositions(position, head) >= 0);
    return head === undefined || (serving.length > 0 && serving.every(isPast));
  }
}
