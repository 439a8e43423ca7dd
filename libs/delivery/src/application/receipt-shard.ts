import { receiptsStream, type Receipt, type ReceiptsEvent } from '@crier/contracts';
import {
  AppendOutcomeUnknown,
  ConcurrencyConflict,
  derivedId,
  NO_STREAM,
  type Clock,
  type EventStore,
} from '@crier/kernel';

const ATTEMPTS = 10;

/** One receipts stream as it stands: which receipts it knows, and whose first of a kind has come. */
interface ShardState {
  revision: number;
  readonly dedupes: Set<string>;
  readonly firsts: Set<string>;
}

/** One webhook may tell of several messages. */
const repeatKey = ({ index, kind, dedupe }: Receipt): string => `${index}/${kind}/${dedupe}`;

const firstKey = ({ index, kind, button }: Receipt): string => `${index}/${kind}/${button ?? ''}`;

const fold = (state: ShardState, receipts: readonly Receipt[]): void => {
  for (const receipt of receipts) {
    state.dedupes.add(repeatKey(receipt));
    state.firsts.add(firstKey(receipt));
  }
};

export interface ShardDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Who opened a message has it: that is a receipt of its own, where none has come. */
  readonly impliesDelivered: boolean;
}

/** Where receipts belong: one shard of one lane. */
export interface Shard {
  readonly broadcastId: string;
  readonly lane: number;
  readonly shard: number;
}

/**
 * Writes receipts into their shard, each once: a repeat is recognised by its dedupe hash, and `first` is decided by the
 * stream's own state, so that "people who clicked" is a plain sum for every reader.
 */
export class ReceiptShard {
  readonly #store: EventStore;
  readonly #clock: Clock;
  readonly #impliesDelivered: boolean;
  readonly #place: Shard;
  readonly #stream: string;
  #state: ShardState | undefined;

  constructor(deps: ShardDeps, place: Shard) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#impliesDelivered = deps.impliesDelivered;
    this.#place = place;
    this.#stream = receiptsStream(place.broadcastId, place.lane, place.shard);
  }

  /** @throws Unavailable; repeat the whole call then */
  async record(
    receipts: readonly Receipt[],
    source: { partition: number; offset: string },
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const state = (this.#state ??= await this.#load());
      const fresh = this.#fresh(state, receipts);
      if (fresh.length === 0) return;
      try {
        await this.#append(state, fresh, source);
        fold(state, fresh);
        return;
      } catch (error) {
        this.#state = undefined;
        const again = error instanceof ConcurrencyConflict || error instanceof AppendOutcomeUnknown;
        if (!again || attempt >= ATTEMPTS) throw error;
      }
    }
  }

  #fresh(state: ShardState, receipts: readonly Receipt[]): readonly Receipt[] {
    const firsts = new Set<string>();
    const seen = new Set<string>();
    const fresh: Receipt[] = [];
    const isFirst = (receipt: Receipt): boolean =>
      !state.firsts.has(firstKey(receipt)) && !firsts.has(firstKey(receipt));
    const add = (receipt: Receipt): void => {
      const repeat = repeatKey(receipt);
      if (state.dedupes.has(repeat) || seen.has(repeat)) return;
      const first = isFirst(receipt);
      seen.add(repeat);
      firsts.add(firstKey(receipt));
      fresh.push(first ? { ...receipt, first } : receipt);
    };
    for (const receipt of receipts) {
      const delivered: Receipt = { ...receipt, kind: 'delivered' };
      if (this.#impliesDelivered && receipt.kind === 'opened' && isFirst(delivered)) add(delivered);
      add(receipt);
    }
    return fresh;
  }

  async #append(
    state: ShardState,
    receipts: readonly Receipt[],
    source: { partition: number; offset: string },
  ): Promise<void> {
    const { broadcastId, lane } = this.#place;
    const event: ReceiptsEvent = {
      type: 'ReceiptsRecorded',
      data: { broadcastId, lane, receipts, source },
    };
    const cause = receipts.map(repeatKey).join();
    const metadata = {
      schemaVersion: 1,
      correlationId: broadcastId,
      causationId: broadcastId,
      actor: 'dispatcher',
      recordedAt: this.#clock.now(),
    };
    const id = derivedId(this.#stream, state.revision, cause);
    const { revision } = await this.#store.append(this.#stream, state.revision, [
      { id, ...event, metadata },
    ]);
    state.revision = revision;
  }

  async #load(): Promise<ShardState> {
    const state: ShardState = { revision: NO_STREAM, dedupes: new Set(), firsts: new Set() };
    for (const { data, revision } of await this.#store.read(this.#stream)) {
      fold(state, (data as ReceiptsEvent['data']).receipts);
      state.revision = revision;
    }
    return state;
  }
}
