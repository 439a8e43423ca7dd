import { AppError, Unavailable, type Clock, type Log } from '@crier/kernel';
import { described, kafkaTypeOf, TopicMismatch, UnknownTopic } from '../errors.ts';
import type { Desk } from '../link/desk.ts';
import type { KafkaMessageBusOptions } from '../options.ts';
import { createTopics } from './set-up-topics.ts';
import { untilReady } from './until-ready.ts';

/** Which topics exist, and with how many partitions. What was learned once stays: the number is fixed for ever. */
export class Topics {
  readonly #options: KafkaMessageBusOptions;
  readonly #desk: Desk;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #known = new Map<string, Promise<number>>();

  constructor(options: KafkaMessageBusOptions, desk: Desk, clock: Clock) {
    this.#options = options;
    this.#desk = desk;
    this.#clock = clock;
    this.#log = options.log;
  }

  /** How many partitions a topic has; made first where it is missing and may be. @throws UnknownTopic @throws Unavailable */
  partitions(topic: string): Promise<number> {
    const known = this.#known.get(topic) ?? this.#find(topic);
    this.#known.set(topic, known);
    known.catch(() => this.#known.delete(topic));
    return known;
  }

  /** How many partitions all of these have. @throws TopicMismatch  they differ @throws UnknownTopic @throws Unavailable */
  async sharedPartitions(topics: readonly string[]): Promise<number> {
    const counts = await Promise.all(topics.map((topic) => this.partitions(topic)));
    const [count = 0] = counts;
    if (counts.some((other) => other !== count))
      throw new TopicMismatch('Topics that are owned together must have as many partitions', {
        topics: Object.fromEntries(topics.map((topic, at) => [topic, counts[at]])),
      });
    return count;
  }

  /** Looks again at the next use: the topic may have been made anew. */
  forget(topic: string): void {
    this.#known.delete(topic);
  }

  async #find(topic: string): Promise<number> {
    const found = await this.#look(topic);
    if (typeof found === 'number') return found;
    if (found === 'missing') await this.#make(topic);
    return untilReady(this.#desk, topic, this.#clock);
  }

  async #make(topic: string): Promise<void> {
    const { create, tables } = this.#options;
    if (!create)
      throw new UnknownTopic(`Topic ${topic} does not exist: run the setup of the topics`, {
        topic,
      });
    try {
      const spec = { name: topic, compacted: tables(topic), ...create };
      await createTopics(this.#options, this.#log, [spec]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new Unavailable('Topic not made', { topic, reason: described(error) }, error);
    }
  }

  async #look(topic: string): Promise<number | 'missing' | 'leaderless'> {
    try {
      const leaders = await this.#desk.ask((link) => link.leaders(topic));
      if (leaders.length === 0) return 'missing';
      return leaders.every((node) => node >= 0) ? leaders.length : 'leaderless';
    } catch (error) {
      const type = kafkaTypeOf(error);
      if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return 'missing';
      if (type === 'LEADER_NOT_AVAILABLE') return 'leaderless';
      throw error;
    }
  }
}
