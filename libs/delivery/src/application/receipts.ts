import {
  laneKey,
  readRef,
  SHARD_SIZE,
  type Receipt,
  type ReceiptMessage,
  type Ref,
} from '@crier/contracts';
import type { Clock, EventStore, IncomingMessage, Log } from '@crier/kernel';
import { ReceiptShard } from './receipt-shard.ts';

const KEPT_SHARDS = 64;

/** Who knows the lanes that are owned here. */
export interface Prover {
  /** Receipts proved these recipients of a lane sent. Resolves when that is stored where it changes an outcome. */
  prove(
    place: { readonly broadcastId: string; readonly lane: number },
    indexes: readonly number[],
  ): Promise<void>;
}

/** Turns the bot's receipts on the bus into facts: recorded once, and a proof for whoever was in doubt (R19). */
export class Receipts {
  readonly #deps: {
    readonly store: EventStore;
    readonly clock: Clock;
    readonly log: Log;
    readonly refSecret: string;
    readonly prover: Prover;
  };
  readonly #shards = new Map<string, ReceiptShard>();

  constructor(deps: {
    store: EventStore;
    clock: Clock;
    log: Log;
    refSecret: string;
    prover: Prover;
  }) {
    this.#deps = deps;
  }

  /** A batch of one partition of `receipts.<channel>`; acknowledged when this resolves. */
  readonly handle = async (messages: readonly IncomingMessage[]): Promise<void> => {
    const newest = messages.at(-1);
    if (!newest) return;
    const source = { partition: newest.partition, offset: newest.offset };
    for (const [, group] of this.#byShard(messages)) {
      await this.#shard(group.ref).record(group.receipts, source);
      await this.#deps.prover.prove(
        group.ref,
        group.receipts.map(({ index }) => index),
      );
    }
  };

  #byShard(messages: readonly IncomingMessage[]): Map<string, { ref: Ref; receipts: Receipt[] }> {
    const groups = new Map<string, { ref: Ref; receipts: Receipt[] }>();
    for (const { value } of messages) {
      const message = value as ReceiptMessage;
      const ref = readRef(this.#deps.refSecret, message.ref);
      if (!ref) {
        this.#deps.log.warn('receipt names no place', { kind: message.kind });
        continue;
      }
      const key = shardKey(ref);
      const group = groups.get(key) ?? { ref, receipts: [] };
      group.receipts.push(receiptOf(message, ref));
      groups.set(key, group);
    }
    return groups;
  }

  #shard(ref: Ref): ReceiptShard {
    const key = shardKey(ref);
    const known = this.#shards.get(key);
    if (known) return known;
    const { store, clock } = this.#deps;
    const { broadcastId, lane, index } = ref;
    const shard = new ReceiptShard(store, clock, {
      broadcastId,
      lane,
      shard: Math.floor(index / SHARD_SIZE),
    });
    const oldest = this.#shards.keys().next().value;
    if (this.#shards.size >= KEPT_SHARDS && oldest !== undefined) this.#shards.delete(oldest);
    this.#shards.set(key, shard);
    return shard;
  }
}

const shardKey = ({ broadcastId, lane, index }: Ref): string =>
  `${laneKey(broadcastId, lane)}/${Math.floor(index / SHARD_SIZE)}`;

const receiptOf = ({ kind, at, dedupe }: ReceiptMessage, { index, button }: Ref): Receipt => ({
  index,
  kind,
  at,
  dedupe,
  ...(kind === 'clicked' ? { button } : {}),
});
