import { Unavailable, type Clock, type Log } from '@crier/kernel';
import { described, kafkaTypeOf, MessageTooLarge } from '../errors.ts';
import { REQUEST_TIMEOUT_MS } from '../link/client.ts';
import type { Link, OpenLink } from '../link/link.ts';
import type { Parcel, Round } from './round.ts';

interface Producer {
  readonly producerId: string;
  readonly producerEpoch: number;
  /** The number of the next message of each partition. */
  readonly sequences: Map<string, number>;
}

/** The broker no longer knows our numbers, or they do not fit: a new producer starts from zero. */
const ASKS_FOR_NEW_PRODUCER = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
/** Sequence numbers begin again after this many. */
const SEQUENCES = 2 ** 31;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Sends one round after another, as an idempotent producer: a round is repeated word for word until it is stored, and a broker that
 * has it already, or gets it late, does not store it again.
 */
export class Sender {
  readonly #open: OpenLink;
  readonly #clock: Clock;
  readonly #log: Log;
  #link: Link | undefined;
  #producer: Producer | undefined;

  constructor(open: OpenLink, clock: Clock, log: Log) {
    this.#open = open;
    this.#clock = clock;
    this.#log = log;
  }

  /** Stored when it resolves. @throws Unavailable  not known to be stored by then @throws MessageTooLarge */
  async send(round: Round, deadlineMs: number): Promise<void> {
    for (let failures = 1; ; failures += 1)
      try {
        await this.#attempt(round);
        return;
      } catch (error) {
        this.#afterFailure(error);
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
        if (this.#clock.monotonicMs() + pause >= deadlineMs) throw this.#unavailable(error);
        await this.#clock.sleep(pause);
      }
  }

  close(): void {
    this.#link?.dispose();
    this.#link = undefined;
  }

  async #attempt(round: Round): Promise<void> {
    const link = (this.#link ??= await this.#open());
    const producer = (this.#producer ??= await newProducer(link, round));
    const byLeader = new Map<number, Parcel[]>();
    for (const parcel of round) {
      const node = (await link.leaders(parcel.topic))[parcel.partition] ?? -1;
      byLeader.set(node, [...(byLeader.get(node) ?? []), parcel]);
    }
    const sending = [...byLeader].map(([node, parcels]) => produce(link, node, producer, parcels));
    const outcomes = await Promise.allSettled(sending);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    for (const parcel of round) {
      const next = (sequenceOf(producer, parcel) + parcel.messages.length) % SEQUENCES;
      producer.sequences.set(placeOf(parcel), next);
    }
  }

  #afterFailure(error: unknown): void {
    const type = kafkaTypeOf(error) ?? '';
    if (TOO_LARGE.has(type)) {
      this.#producer = undefined;
      throw new MessageTooLarge('A message is larger than its topic takes', {}, error);
    }
    if (ASKS_FOR_NEW_PRODUCER.has(type)) this.#producer = undefined;
    else this.close();
    this.#log.debug('publication will be repeated', { reason: described(error) });
  }

  /** The numbers of what may or may not be stored cannot be used for anything else: the next round has a new producer. */
  #unavailable(error: unknown): Unavailable {
    this.#producer = undefined;
    const reason = described(error);
    return new Unavailable('Messages could not be published', { reason }, error);
  }
}

const placeOf = ({ topic, partition }: Parcel): string => `${topic}/${partition}`;

const sequenceOf = (producer: Producer, parcel: Parcel): number =>
  producer.sequences.get(placeOf(parcel)) ?? 0;

const newProducer = async (link: Link, round: Round): Promise<Producer> => {
  const broker = await link.anyBroker(round[0]?.topic ?? '');
  const named = await broker.initProducerId({ transactionTimeout: REQUEST_TIMEOUT_MS });
  return { ...named, sequences: new Map() };
};

const produce = async (
  link: Link,
  node: number,
  producer: Producer,
  parcels: readonly Parcel[],
): Promise<void> => {
  if (node < 0) throw new Unavailable('A partition has no leader now');
  const broker = await link.broker(node);
  const { producerId, producerEpoch } = producer;
  await broker.produce({
    acks: -1,
    timeout: REQUEST_TIMEOUT_MS,
    producerId,
    producerEpoch,
    topicData: topicsOf(parcels, producer),
  });
};

/** Kafka wants each topic once in a request. */
const topicsOf = (parcels: readonly Parcel[], producer: Producer) =>
  [...new Set(parcels.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: parcels
      .filter((parcel) => parcel.topic === topic)
      .map((parcel) => ({
        partition: parcel.partition,
        firstSequence: sequenceOf(producer, parcel),
        messages: parcel.messages,
      })),
  }));
