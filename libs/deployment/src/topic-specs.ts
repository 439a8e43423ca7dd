import type { TopicSpec } from '@crier/adapter-kafka';
import { topics, type Channel } from '@crier/contracts';

/** A topic without its copies: how many there are is the cluster's affair. */
export type TopicPlan = Omit<TopicSpec, 'replicationFactor'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Fixed for ever: it decides which bots go together, and which broadcasts. */
const PARTITIONS = 24;

const log = (name: string, partitions: number, retentionMs: number): TopicPlan => ({
  name,
  partitions,
  compacted: false,
  retentionMs,
});
const table = (name: string, partitions: number): TopicPlan => ({
  name,
  partitions,
  compacted: true,
});

/**
 * The topics that all channels share, with their partitions and how long they keep: logs for as long as a group may be away, tables
 * for ever. Facts are in the event store; a topic that is lost costs news, never truth.
 */
export const sharedTopics: readonly TopicPlan[] = [
  log(topics.commands, PARTITIONS, 7 * DAY_MS),
  log(topics.lifecycle, PARTITIONS, 7 * DAY_MS),
  log(topics.replies, PARTITIONS, HOUR_MS),
  log(topics.upkeep, 1, HOUR_MS),
  table(topics.channels, 1),
  table(topics.agenda, PARTITIONS),
];

/** A channel's own topics, made by its dispatcher: a new channel needs nobody else. The same partitions, so that one copy owns a bot in all of them. */
export const channelTopics = (channel: Channel): readonly TopicPlan[] => [
  table(topics.lanes(channel), PARTITIONS),
  log(topics.receipts(channel), PARTITIONS, 7 * DAY_MS),
  log(topics.receiptsAgain(channel), PARTITIONS, 7 * DAY_MS),
  log(topics.errands(channel), PARTITIONS, HOUR_MS),
];
