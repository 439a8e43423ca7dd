import type { KafkaMessage } from 'kafkajs';

/*
 * The part of the client that this adapter builds on: one function per request of Kafka's protocol. The client's own consumer and
 * producer are not used: they tie heartbeats to fetches and handlers, retry commits across generations, and lose the order of
 * retried publications.
 */

export interface PartitionRequest {
  readonly partition: number;
}

export interface TopicOf<Partition> {
  readonly topic: string;
  readonly partitions: readonly Partition[];
}

export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly FetchedRecord[];
}

/** A record as it was fetched; control records belong to transactions and carry nothing. */
export type FetchedRecord = KafkaMessage & { readonly isControlRecord?: boolean };

export interface ProducedRecord {
  readonly key: string;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface JoinedGroup {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

export interface MemberOfGroup {
  readonly groupId: string;
  readonly memberId: string;
}

/** One broker. Every request rejects with a `KafkaJSError`; the broker's own word for it is in `type`. */
export interface Broker {
  metadata(topics: readonly string[]): Promise<{
    readonly topicMetadata: readonly {
      readonly topic: string;
      readonly partitionMetadata: readonly {
        readonly partitionId: number;
        readonly leader: number;
      }[];
    }[];
  }>;
  fetch(request: {
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly TopicOf<
      PartitionRequest & { readonly fetchOffset: string; readonly maxBytes: number }
    >[];
  }): Promise<{
    readonly responses: readonly {
      readonly topicName: string;
      readonly partitions: readonly FetchedPartition[];
    }[];
  }>;
  listOffsets(request: {
    readonly topics: readonly TopicOf<PartitionRequest & { readonly timestamp: number }>[];
  }): Promise<{
    readonly responses: readonly TopicOf<PartitionRequest & { readonly offset: string }>[];
  }>;
  produce(request: {
    readonly acks: -1;
    readonly timeout: number;
    readonly producerId: string;
    readonly producerEpoch: number;
    readonly topicData: readonly TopicOf<
      PartitionRequest & {
        readonly firstSequence: number;
        readonly messages: readonly ProducedRecord[];
      }
    >[];
  }): Promise<unknown>;
  initProducerId(request: {
    readonly transactionTimeout: number;
  }): Promise<{ readonly producerId: string; readonly producerEpoch: number }>;
  offsetFetch(request: {
    readonly groupId: string;
    readonly topics: readonly TopicOf<PartitionRequest>[];
  }): Promise<{
    readonly responses: readonly TopicOf<PartitionRequest & { readonly offset: string }>[];
  }>;
  offsetCommit(
    request: MemberOfGroup & {
      readonly groupGenerationId: number;
      readonly topics: readonly TopicOf<PartitionRequest & { readonly offset: string }>[];
    },
  ): Promise<unknown>;
  joinGroup(
    request: MemberOfGroup & {
      readonly sessionTimeout: number;
      readonly rebalanceTimeout: number;
      readonly groupProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
    },
  ): Promise<JoinedGroup>;
  syncGroup(
    request: MemberOfGroup & {
      readonly generationId: number;
      readonly groupAssignment: readonly {
        readonly memberId: string;
        readonly memberAssignment: Buffer;
      }[];
    },
  ): Promise<{ readonly memberAssignment: Buffer }>;
  heartbeat(request: MemberOfGroup & { readonly groupGenerationId: number }): Promise<unknown>;
  leaveGroup(request: MemberOfGroup): Promise<unknown>;
}

/** What is known of a cluster through one set of connections. */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Learns of these topics, and through them of all brokers. */
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  getNodeIds(): readonly (number | string)[];
  findBroker(node: { readonly nodeId: string }): Promise<Broker>;
  findGroupCoordinator(group: { readonly groupId: string }): Promise<Broker>;
}
