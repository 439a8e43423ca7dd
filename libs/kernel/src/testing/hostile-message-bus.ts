import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '../errors.ts';
import {
  MessageBus,
  type BatchHandler,
  type IncomingMessage,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from '../message-bus.ts';
import { hostileHandler } from './hostile-handler.ts';
import { seededRandom, type Random } from './random.ts';

/** How hostile: the same seed and the same calls give the same troubles. All chances are in [0, 1]. */
export interface MessageBusHostility {
  readonly seed: number;
  /** Messages are stored, all or only the first of them, but publish throws Unavailable. */
  readonly lostAnswer?: number;
  /** The acknowledgement of a batch is lost: the handler gets the whole batch again. */
  readonly redelivered?: number;
  /** Before a batch, the last messages of the same partition come again. */
  readonly duplicated?: number;
  /** Messages of different keys change places within a batch; those of one key never do. */
  readonly reordered?: number;
  /** A revoked owner is not told at once: for a while two members believe they hold the partition. */
  readonly stolen?: number;
  /** How long a robbed owner goes on believing, 50 ms by default. */
  readonly stolenMs?: number;
  /** Every publish and every batch waits up to so long. */
  readonly delayMs?: number;
}

const STOLEN_MS = 50;

/** A bus as unkind as its port allows: at least once, ordered per key, and owners that overlap. */
export class HostileMessageBus extends MessageBus {
  readonly #inner: MessageBus;
  readonly #hostility: MessageBusHostility;
  readonly #random: Random;

  constructor(inner: MessageBus, hostility: MessageBusHostility) {
    super();
    this.#inner = inner;
    this.#hostility = hostility;
    this.#random = seededRandom(hostility.seed);
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const lost = this.#random() < (this.#hostility.lostAnswer ?? 0);
    const reaching = lost ? Math.ceil(this.#random() * messages.length) : messages.length;
    await delay(this.#random() * (this.#hostility.delayMs ?? 0));
    await this.#inner.publish(messages.slice(0, reaching));
    if (lost) throw new Unavailable('Answer lost');
  }

  consume(options: LogOptions): Promise<Subscription> {
    return this.#inner.consume({ ...options, onBatch: this.#hostile(options.onBatch) });
  }

  tail(options: TailOptions): Promise<Subscription> {
    return this.#inner.tail({ ...options, onBatch: this.#hostile(options.onBatch) });
  }

  async own(options: OwnershipOptions): Promise<Subscription> {
    const { stolen = 0, stolenMs = STOLEN_MS } = this.#hostility;
    const believing = new Map<number, Promise<void>>();
    const onRevoked = async (partition: number): Promise<void> => {
      if (this.#random() >= stolen) return options.onRevoked(partition);
      const waking = delay(stolenMs).then(() => options.onRevoked(partition));
      believing.set(partition, waking);
    };
    const onAssigned = async (
      partition: number,
      entries: readonly IncomingMessage[],
    ): Promise<void> => {
      await believing.get(partition); // nobody is told to let go of what it was given since
      believing.delete(partition);
      await options.onAssigned(partition, entries);
    };
    const logs = Object.fromEntries(
      Object.entries(options.logs).map(([topic, onBatch]) => [topic, this.#hostile(onBatch)]),
    );
    const onChange = this.#hostile(options.onChange);
    const hostile = { ...options, logs, onChange, onAssigned, onRevoked };
    const subscription = await this.#inner.own(hostile);
    return {
      close: async () => {
        await subscription.close();
        await Promise.all(believing.values());
      },
    };
  }

  snapshot(topic: string): Promise<readonly IncomingMessage[]> {
    return this.#inner.snapshot(topic);
  }

  #hostile(onBatch: BatchHandler): BatchHandler {
    return hostileHandler(onBatch, this.#hostility, this.#random);
  }
}
