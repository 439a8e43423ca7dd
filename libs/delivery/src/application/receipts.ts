import {
  laneKey,
  SHARD_SIZE,
  topics,
  type Channel,
  type Receipt,
  type ReceiptMessage,
} from '@crier/contracts';
import {
  Unavailable,
  type Clock,
  type EventStore,
  type IncomingMessage,
  type Log,
  type MessageBus,
} from '@crier/kernel';
import { LRUCache } from 'lru-cache';
import type { Proof } from '../domain/turn.ts';
import { Correlation, type PlacedReceipt } from './correlation.ts';
import { ReceiptShard } from './receipt-shard.ts';
import type { SentMessages } from './sent-messages.ts';

const KEPT_SHARDS = 64;
/** For two minutes: by then the answer, its append and the fold are there, and an echo that stood behind a storm of others. */
const TRIES = 60;
const LOOK_AGAIN_MS = 2_000;
/** Batches begin no sooner after one another, unless they are large. */
const GATHER_MS = 250;
const LARGE_BATCH = 250;

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
  readonly bus: MessageBus;
  readonly channel: Channel;
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
  readonly #shards = new LRUCache<string, ReceiptShard>({ max: KEPT_SHARDS });
  /** Partition → when its next batch may begin. */
  readonly #nextAt = new Map<number, number>();

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
    this.#correlation = new Correlation(deps.refSecret, deps.sent);
  }

  /**
   * A batch of one partition of `receipts.<channel>`; acknowledged when this resolves. A receipt may come before the outcome
   * of its message is known, or before the one that names it: then it is put aside on a topic of its own, so that it holds
   * nobody up, and looked for again a few times.
   */
  readonly handle = async (messages: readonly IncomingMessage[]): Promise<void> => {
    await this.#gather(messages);
    await this.#take(messages);
  };

  /** While many come, what follows gathers meanwhile: lookups and appends are for many at once. */
  async #gather(messages: readonly IncomingMessage[]): Promise<void> {
    const { clock, signal } = this.#deps;
    const { partition = 0 } = messages[0] ?? {};
    const wait = (this.#nextAt.get(partition) ?? 0) - clock.monotonicMs();
    if (wait > 0 && messages.length < LARGE_BATCH) await clock.sleep(wait, signal);
    this.#nextAt.set(partition, clock.monotonicMs() + GATHER_MS);
  }

  async #take(messages: readonly IncomingMessage[]): Promise<void> {
    const newest = messages.at(-1);
    if (!newest) return;
    const source = { partition: newest.partition, offset: newest.offset };
    const open = messages.map(({ value }) => value as ReceiptMessage);
    // Looked at before the search: what has no place then will have none.
    const isKnown = await this.#isKnown(open);
    const { found, missing } = await this.#search(open, isKnown);
    await this.#record(found, source);
    if (missing.length > 0) await this.#putAside(missing);
  }

  /** A batch of `receipts-again.<channel>`: in order of the instants before which nobody looks. */
  readonly handleAgain = async (messages: readonly IncomingMessage[]): Promise<void> => {
    const { clock, signal } = this.#deps;
    const { again } = (messages.at(-1)?.value ?? {}) as Partial<ReceiptMessage>;
    const wait = Date.parse(again?.notBefore ?? '') - Date.parse(clock.now());
    if (wait > 0) await clock.sleep(wait, signal);
    if (signal.aborted) throw new Unavailable('The dispatcher stops', {});
    await this.#take(messages);
  };

  async #putAside(messages: readonly ReceiptMessage[]): Promise<void> {
    const { bus, channel, clock } = this.#deps;
    const notBefore = new Date(Date.parse(clock.now()) + LOOK_AGAIN_MS).toISOString();
    await bus.publish(
      messages.map((message) => ({
        topic: topics.receiptsAgain(channel),
        key: message.botId,
        value: { ...message, again: { tries: (message.again?.tries ?? 0) + 1, notBefore } },
      })),
    );
  }

  async #search(
    messages: readonly ReceiptMessage[],
    isKnown: boolean,
  ): Promise<{ found: readonly PlacedReceipt[]; missing: readonly ReceiptMessage[] }> {
    const found: PlacedReceipt[] = [];
    const missing: ReceiptMessage[] = [];
    for (const [at, { places, isOpen }] of (await this.#correlation.find(messages)).entries()) {
      const message = messages[at];
      if (!message) continue;
      found.push(...places);
      const mayBeFound = isOpen || (places.length === 0 && !isKnown);
      if (mayBeFound && (message.again?.tries ?? 0) < TRIES) missing.push(message);
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
      if (group.proofs.length > 0) await this.#deps.prover.prove(group, group.proofs);
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
    this.#shards.set(key, opened);
    return opened;
  }
}

const arrivalOf = ({ arrivedAt, at }: ReceiptMessage): number => Date.parse(arrivedAt ?? at);

const isReceipt = (receipt: PlacedReceipt['receipt']): receipt is Receipt =>
  receipt.kind !== 'sent';

const grouped = (found: readonly PlacedReceipt[]): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>();
  for (const { broadcastId, lane, receipt, named, isProof } of found) {
    const shard = Math.floor(receipt.index / SHARD_SIZE);
    const key = `${laneKey(broadcastId, lane)}/${shard}`;
    const group = groups.get(key) ?? { broadcastId, lane, shard, receipts: [], proofs: [] };
    if (isReceipt(receipt)) group.receipts.push(receipt);
    const parts = named === undefined ? [] : [[0, named.id, named.at] as const];
    if (isProof) group.proofs.push({ index: receipt.index, parts });
    groups.set(key, group);
  }
  return groups;
};
