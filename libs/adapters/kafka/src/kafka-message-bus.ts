import {
  MessageBus,
  SystemClock,
  Unavailable,
  type Clock,
  type IncomingMessage,
  type Log,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from '@crier/kernel';
import { GroupMember } from './groups/group-member.ts';
import type { Claimant } from './groups/tenure.ts';
import { Desk } from './link/desk.ts';
import { Link, type OpenLink } from './link/link.ts';
import type { KafkaMessageBusOptions } from './options.ts';
import { Publisher } from './publishing/publisher.ts';
import { Sender } from './publishing/sender.ts';
import { readTable } from './reading/table.ts';
import { openTail } from './reading/tail.ts';
import { Topics } from './setup/topics.ts';

const SESSION_TIMEOUT_MS = 6_000;

/** The bus of many processes, in Kafka. It goes on by itself when brokers come back. */
export class KafkaMessageBus extends MessageBus {
  readonly #open: OpenLink;
  readonly #desk: Desk;
  readonly #topics: Topics;
  readonly #publisher: Publisher;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sessionTimeoutMs: number;
  readonly #subscriptions = new Set<Subscription>();
  #closing: Promise<void> | undefined;

  private constructor(options: KafkaMessageBusOptions) {
    super();
    const { tables, log, clock = new SystemClock() } = options;
    this.#clock = clock;
    this.#log = log;
    this.#sessionTimeoutMs = options.sessionTimeoutMs ?? SESSION_TIMEOUT_MS;
    this.#open = () => Link.open(options, log);
    this.#desk = new Desk(this.#open, log);
    this.#topics = new Topics(options, this.#desk, clock);
    const sender = new Sender(this.#open, clock, log);
    this.#publisher = new Publisher({ sender, topics: this.#topics, tables, clock });
  }

  /** @throws Unavailable  no broker answers */
  static async open(options: KafkaMessageBusOptions): Promise<KafkaMessageBus> {
    const bus = new KafkaMessageBus(options);
    try {
      await bus.#desk.ask(() => Promise.resolve());
      return bus;
    } catch (error) {
      bus.#desk.close();
      throw error;
    }
  }

  publish(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.#publisher.publish(messages);
  }

  consume({ topic, group, onBatch }: LogOptions): Promise<Subscription> {
    return this.#join({ group, logs: { [topic]: onBatch } });
  }

  own({ group, logs, ...owner }: OwnershipOptions): Promise<Subscription> {
    return this.#join({ group, logs, owner });
  }

  async tail(options: TailOptions): Promise<Subscription> {
    this.#assertOpen();
    const partitions = await this.#topics.partitions(options.topic);
    const parts = { open: this.#open, desk: this.#desk, clock: this.#clock, log: this.#log };
    return this.#kept(await openTail(options, partitions, parts));
  }

  async snapshot(topic: string): Promise<readonly IncomingMessage[]> {
    this.#assertOpen();
    const count = await this.#topics.partitions(topic);
    const places = Array.from({ length: count }, (_, partition) => ({ topic, partition }));
    const read = await this.#desk.ask((link) =>
      Promise.all(places.map((place) => readTable(link, place, this.#log))),
    );
    return read.flatMap(({ entries }) => entries);
  }

  /** Ends all subscriptions, sends what was given to publish, then lets go of the connections. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await this.#publisher.close();
    this.#desk.close();
  }

  async #join(claimant: Claimant): Promise<Subscription> {
    this.#assertOpen();
    const table = claimant.owner ? [claimant.owner.table] : [];
    const partitions = await this.#topics.sharedPartitions([
      ...table,
      ...Object.keys(claimant.logs),
    ]);
    this.#assertOpen();
    const member = new GroupMember({
      claimant,
      partitions,
      sessionTimeoutMs: this.#sessionTimeoutMs,
      open: this.#open,
      desk: this.#desk,
      clock: this.#clock,
      log: this.#log,
    });
    return this.#kept(member);
  }

  async #kept(subscription: Subscription): Promise<Subscription> {
    const kept: Subscription = {
      close: async () => {
        await subscription.close();
        this.#subscriptions.delete(kept);
      },
    };
    this.#subscriptions.add(kept);
    if (!this.#closing) return kept;
    await kept.close();
    throw new Unavailable('The message bus is closed');
  }

  #assertOpen(): void {
    if (this.#closing) throw new Unavailable('The message bus is closed');
  }
}
