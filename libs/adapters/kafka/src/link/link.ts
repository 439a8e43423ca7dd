import { Unavailable, type Log } from '@crier/kernel';
import type { Socket } from 'node:net';
import type { KafkaConnection } from '../options.ts';
import { kafkaClient } from './client.ts';
import type { Broker, Cluster } from './protocol.ts';

/** Opens a link; rejects with what the client says when no broker answers. */
export type OpenLink = () => Promise<Link>;

/** `listOffsets` takes these for times. */
const EARLIEST = -2;
const LATEST = -1;

const clusterOf = (connection: KafkaConnection, log: Log, sockets: Set<Socket>): Cluster => {
  let found: Cluster | undefined;
  // A consumer that never runs: the client gives its cluster to nobody but a partition assigner.
  kafkaClient(connection, log, sockets).consumer({
    groupId: 'unused',
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        found = cluster as unknown as Cluster;
        return {
          name: 'unused',
          version: 0,
          assign: () => Promise.resolve([]),
          protocol: () => ({ name: 'unused', metadata: Buffer.alloc(0) }),
        };
      },
    ],
  });
  if (!found) throw new Unavailable('The Kafka client gave no cluster');
  return found;
};

/**
 * Connections to a cluster, and what was learned through them. When anything is wrong, a link is thrown away as a whole and another
 * one opened: nothing stale outlives a failure.
 */
export class Link {
  readonly #cluster: Cluster;
  readonly #sockets: Set<Socket>;
  readonly #leaders = new Map<string, Promise<readonly number[]>>();
  readonly #coordinators = new Map<string, Promise<Broker>>();
  #met = false;
  #fetching: Promise<unknown> = Promise.resolve();

  private constructor(cluster: Cluster, sockets: Set<Socket>) {
    this.#cluster = cluster;
    this.#sockets = sockets;
  }

  /** Connects to the first broker that answers. Rejects with what the client says. */
  static async open(connection: KafkaConnection, log: Log): Promise<Link> {
    const sockets = new Set<Socket>();
    const link = new Link(clusterOf(connection, log, sockets), sockets);
    try {
      await link.#cluster.connect();
      return link;
    } catch (error) {
      link.dispose();
      throw error;
    }
  }

  /** The node that leads each partition of a topic; -1 where none does. */
  leaders(topic: string): Promise<readonly number[]> {
    const known = this.#leaders.get(topic) ?? this.#findLeaders(topic);
    this.#leaders.set(topic, known);
    known.catch(() => this.#leaders.delete(topic));
    return known;
  }

  /** The broker that leads a partition. @throws Unavailable  where none does */
  async leader(topic: string, partition: number): Promise<Broker> {
    const node = (await this.leaders(topic))[partition];
    if (node === undefined || node < 0)
      throw new Unavailable('A partition has no leader now', { topic, partition });
    return this.broker(node);
  }

  broker(node: number): Promise<Broker> {
    return this.#cluster.findBroker({ nodeId: String(node) });
  }

  /** Any broker of the cluster; `topic` is one that exists. */
  async anyBroker(topic: string): Promise<Broker> {
    await this.#meet(topic);
    const [node] = this.#cluster.getNodeIds();
    if (node === undefined) throw new Unavailable('No Kafka broker is known');
    return this.broker(Number(node));
  }

  /** The broker that keeps a group, which reads `topic`. */
  coordinator(groupId: string, topic: string): Promise<Broker> {
    const known = this.#coordinators.get(groupId) ?? this.#findCoordinator(groupId, topic);
    this.#coordinators.set(groupId, known);
    known.catch(() => this.#coordinators.delete(groupId));
    return known;
  }

  /**
   * Fetches, one after another. (The client has one connection to a broker for them, but opens another for every fetch that is asked
   * for before it is there.)
   */
  fetch(broker: Broker, request: Parameters<Broker['fetch']>[0]): ReturnType<Broker['fetch']> {
    const fetched = this.#fetching.then(() => broker.fetch(request));
    this.#fetching = fetched.catch(() => undefined);
    return fetched;
  }

  /** The offset of the oldest message of a partition. */
  earliest(topic: string, partition: number): Promise<bigint> {
    return this.#offset(topic, partition, EARLIEST);
  }

  /** The offset that the next message of a partition gets. */
  end(topic: string, partition: number): Promise<bigint> {
    return this.#offset(topic, partition, LATEST);
  }

  /** Breaks all connections: every request under way rejects at once. */
  dispose(): void {
    for (const socket of this.#sockets)
      socket.destroy(new Unavailable('The connection was given up'));
    this.#cluster.disconnect().catch(() => undefined); // only tidies what is already broken
  }

  /** Asked without a topic, the brokers tell of all topics, and trouble of a stranger's topic would be ours. */
  async #meet(topic: string): Promise<void> {
    if (this.#met) return;
    await this.#cluster.addMultipleTargetTopics([topic]);
    this.#met = true;
  }

  async #findCoordinator(groupId: string, topic: string): Promise<Broker> {
    await this.#meet(topic);
    return this.#cluster.findGroupCoordinator({ groupId });
  }

  async #findLeaders(topic: string): Promise<readonly number[]> {
    const broker = await this.anyBroker(topic);
    const { topicMetadata } = await broker.metadata([topic]);
    const partitions = topicMetadata.find((known) => known.topic === topic)?.partitionMetadata;
    const leaders: number[] = [];
    for (const { partitionId, leader } of partitions ?? []) leaders[partitionId] = leader;
    return leaders;
  }

  async #offset(topic: string, partition: number, timestamp: number): Promise<bigint> {
    const broker = await this.leader(topic, partition);
    const partitions = [{ partition, timestamp }];
    const { responses } = await broker.listOffsets({ topics: [{ topic, partitions }] });
    const offset = responses[0]?.partitions[0]?.offset;
    if (offset === undefined) throw new Unavailable('No offset was told', { topic, partition });
    return BigInt(offset);
  }
}
