import { SilentLog, SystemClock, Unavailable, type Log } from '@crier/kernel';
import type { Admin } from 'kafkajs';
import { described, TopicMismatch } from '../errors.ts';
import { kafkaClient } from '../link/client.ts';
import { Desk } from '../link/desk.ts';
import { Link } from '../link/link.ts';
import type { KafkaConnection } from '../options.ts';
import { configOf, type TopicSpec } from './topic-config.ts';
import { untilReady } from './until-ready.ts';

export type { TopicSpec } from './topic-config.ts';

const withAdmin = async <T>(
  connection: KafkaConnection,
  log: Log,
  work: (admin: Admin) => Promise<T>,
): Promise<T> => {
  const admin = kafkaClient(connection, log).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

/** Asks for topics, which are there soon after; one that somebody else makes at the same time is no failure. Rejects with what the client says. */
export const createTopics = (
  connection: KafkaConnection,
  log: Log,
  specs: readonly TopicSpec[],
): Promise<void> =>
  withAdmin(connection, log, async (admin) => {
    await admin.createTopics({
      waitForLeaders: false, // the client takes a topic that its broker does not know yet for a failure
      topics: specs.map((spec) => ({
        topic: spec.name,
        numPartitions: spec.partitions,
        replicationFactor: spec.replicationFactor,
        configEntries: Object.entries(configOf(spec)).map(([name, value]) => ({ name, value })),
      })),
    });
  });

const partitionCounts = (
  connection: KafkaConnection,
  log: Log,
): Promise<ReadonlyMap<string, number>> =>
  withAdmin(connection, log, async (admin) => {
    const names = await admin.listTopics();
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  });

const untilAllReady = async (
  connection: KafkaConnection,
  log: Log,
  specs: readonly TopicSpec[],
): Promise<void> => {
  const desk = new Desk(() => Link.open(connection, log), log);
  try {
    for (const { name } of specs) await untilReady(desk, name, new SystemClock());
  } finally {
    desk.close();
  }
};

/** Those of `specs` that are missing. @throws TopicMismatch  one exists with another number of partitions */
export const missingTopics = (
  specs: readonly TopicSpec[],
  existing: ReadonlyMap<string, number>,
): readonly TopicSpec[] => {
  const wrong = specs.filter(
    ({ name, partitions }) => (existing.get(name) ?? partitions) !== partitions,
  );
  if (wrong.length > 0) {
    const said = wrong.map(
      ({ name, partitions }) => `${name} has ${existing.get(name)}, not ${partitions}`,
    );
    throw new TopicMismatch(
      `The number of a topic's partitions is fixed for ever: ${said.join('; ')}`,
      { topics: wrong.map(({ name }) => name) },
    );
  }
  return specs.filter(({ name }) => !existing.has(name));
};

/**
 * The setup step: makes the topics that are missing and waits until they can be used; those that exist stay as they are.
 * @throws TopicMismatch  a topic exists with another number of partitions; nothing was made
 * @throws Unavailable  the cluster is not reachable, or refuses
 */
export const setUpTopics = async (
  connection: KafkaConnection,
  specs: readonly TopicSpec[],
  log: Log = new SilentLog(),
): Promise<void> => {
  try {
    const missing = missingTopics(specs, await partitionCounts(connection, log));
    if (missing.length === 0) return;
    await createTopics(connection, log, missing);
    await untilAllReady(connection, log, missing);
  } catch (error) {
    if (error instanceof TopicMismatch) throw error;
    throw new Unavailable('The topics cannot be set up', { reason: described(error) }, error);
  }
};
