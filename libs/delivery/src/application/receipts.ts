import { laneKey, SHARD_SIZE, type Receipt, type ReceiptMessage } from '@crier/contracts';
import {
  Unavailable,
  type Clock,
  type EventStore,
  type IncomingMessage,
  type Log,
} from '@crier/kernel';
import type { Proof } from '../domain/turn.ts';
import { Correlation, type PlacedReceipt } from './correlation.ts';
import { ReceiptShard } from './receipt-shard.ts';
import type { SentMessages } from './sent-messages.ts';

const KEPT_SHARDS = 64;
/** A message that left before a receipt of it came is known by then: its answer, its append and the fold take less. */
const KNOWN_WITHIN_MS = 15_000;
const FIRST_LOOK_AGAIN_MS = 250;

/** Who knows the lanes that are owned here. */
export interface Prover {
  /** Receipts proved these recipients of a lane sent. Resolves when that is stored where it changes an outcome. */
  prove(
    place: { readonly broadcastId: string; readonly lane: number },
    proofs: readonly Proof[],
  ): Promise<void>;
}

interface ReceiptsDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly refSecret: string;
  readonly prover: Prover;
  readonly sent: SentMessages;
  /** Nothing is waited for after this. */
  readonly signal: AbortSignal;
  /** Who opened a message has it: said too where the channel tells of deliveries. */
  readonly impliesDelivered: boolean;
}

interface Group {
  readonly broadcastId: string;
  readonly lane: number;
  readonly shard: number;
  readonly receipts: Receipt[];
  readonly proofs: Proof[];
}

/** Turns the bot's receipts on the bus into facts: recorded once, and a proof for whoever was in doubt (R19). */
export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #correlation: Correlation;
  readonly #shards = new Map<string, ReceiptShard>();

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
    this.#correlation = new Correlation(deps.refSecret, deps.sent);
  }

  /**
   * A batch of one partition of `receipts.<channel>`; acknowledged when this resolves. A receipt may come before the outcome
   * of its message is known, or before the one that names it: then it is looked for again, for a while.
   */
  readonly handle = async (messages: readonly IncomingMessage[]): Promise<void> => {
    const newest = messages.at(-1);
    if (!newest) return;
    const source = { partition: newest.partition, offset: newest.offset };
    let open: readonly ReceiptMessage[] = messages.map(({ value }) => value as ReceiptMessage);
    for (let pause = FIRST_LOOK_AGAIN_MS; ; pause *= 2) {
      // Looked at before the search: what has no place then will have none.
      const isKnown = await this.#isKnown(open);
      const { found, missing } = await this.#search(open, isKnown);
      await this.#record(found, source);
      open = missing;
      if (open.length === 0) return;
      await this.#deps.clock.sleep(pause, this.#deps.signal);
      if (this.#deps.signal.aborted) throw new Unavailable('The dispatcher stops', {});
    }
  };

  async #search(
    messages: readonly ReceiptMessage[],
    isKnown: boolean,
  ): Promise<{ found: readonly PlacedReceipt[]; missing: readonly ReceiptMessage[] }> {
    const longAgo = Date.parse(this.#deps.clock.now()) - KNOWN_WITHIN_MS;
    const found: PlacedReceipt[] = [];
    const missing: ReceiptMessage[] = [];
    for (const message of messages) {
      const { places, isOpen } = await this.#correlation.find(message);
      found.push(...places);
      const mayBeFound = isOpen || (places.length === 0 && !isKnown);
      if (mayBeFound && arrivalOf(message) > longAgo) missing.push(message);
    }
    return { found, missing };
  }

  /** Whether every place that was planned before these receipts arrived is known. */
  #isKnown(messages: readonly ReceiptMessage[]): Promise<boolean> {
    const newest = Math.max(...messages.map(arrivalOf));
    return this.#deps.sent.knows(new Date(newest).toISOString());
  }

  async #record(
    found: readonly PlacedReceipt[],
    source: { partition: number; offset: string },
  ): Promise<void> {
    for (const [key, group] of grouped(found)) {
      if (group.receipts.length > 0) await this.#shard(key, group).record(group.receipts, source);
      await this.#deps.prover.prove(group, group.proofs);
    }
  }

  #shard(key: string, { broadcastId, lane, shard }: Group): ReceiptShard {
    const known = this.#shards.get(key);
    if (known) return known;
    const { store, clock, impliesDelivered } = this.#deps;
    const opened = new ReceiptShard(
      { store, clock, impliesDelivered },
      { broadcastId, lane, shard },
    );
    const oldest = this.#shards.keys().next().value;
    if (this.#shards.size >= KEPT_SHARDS && oldest !== undefined) this.#shards.delete(oldest);
    this.#shards.set(key, opened);
    return opened;
  }
}

const arrivalOf = ({ arrivedAt, at }: ReceiptMessage): number => Date.parse(arrivedAt ?? at);

const isReceipt = (receipt: PlacedReceipt['receipt']): receipt is Receipt =>
  receipt.kind !== 'sent';

const grouped = (found: readonly PlacedReceipt[]): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>();
  for (const { broadcastId, lane, receipt, named } of found) {
    const shard = Math.floor(receipt.index / SHARD_SIZE);
    const key = `${laneKey(broadcastId, lane)}/${shard}`;
    const group = groups.get(key) ?? { broadcastId, lane, shard, receipts: [], proofs: [] };
    if (isReceipt(receipt)) group.receipts.push(receipt);
    const parts = named === undefined ? [] : [[0, named.id, named.at] as const];
    group.proofs.push({ index: receipt.index, parts });
    groups.set(key, group);
  }
  return groups;
};
