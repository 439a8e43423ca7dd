import type { Clock, Log } from '@crier/kernel';

/** Transport security: `true` trusts the machine's certificate authorities. PEM texts. */
export type KafkaTls =
  | true
  | {
      readonly ca?: string;
      readonly cert?: string;
      readonly key?: string;
      readonly rejectUnauthorized?: boolean;
    };

export interface KafkaCredentials {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** How to reach a cluster. */
export interface KafkaConnection {
  /** `host:port` of some of its brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaTls;
  readonly sasl?: KafkaCredentials;
}

/** How a topic is made that does not exist at its first use. */
export interface TopicCreation {
  readonly partitions: number;
  readonly replicationFactor: number;
}

export interface KafkaMessageBusOptions extends KafkaConnection {
  /** Which topics are tables; all others are logs. */
  readonly tables: (topic: string) => boolean;
  /** A member that is not heard of for so long has lost its partitions; 6 s by default. */
  readonly sessionTimeoutMs?: number;
  /** Makes missing topics at first use; without it a missing topic is an error. */
  readonly create?: TopicCreation;
  readonly log: Log;
  readonly clock?: Clock;
}
