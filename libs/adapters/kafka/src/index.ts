export { MessageTooLarge, TopicMismatch, UnknownTopic } from './errors.ts';
export { KafkaMessageBus } from './kafka-message-bus.ts';
export type {
  KafkaConnection,
  KafkaCredentials,
  KafkaMessageBusOptions,
  KafkaTls,
  TopicCreation,
} from './options.ts';
export { setUpTopics, type TopicSpec } from './setup/set-up-topics.ts';
