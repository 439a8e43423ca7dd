import { SilentLog } from '@crier/kernel';
import { freshName } from '@crier/kernel/testing';
import { kafkaClient } from '../src/link/client.ts';
import { KafkaMessageBus } from '../src/index.ts';

/** A bus for one test, which makes its topics itself and deletes them at the end. */
export const openTestBus = async (address: string) => {
  const connection = { brokers: [address], clientId: freshName('test') };
  const used = new Set<string>();
  const openBus = () =>
    KafkaMessageBus.open({
      ...connection,
      tables: (topic) => {
        used.add(topic);
        return topic.startsWith('lanes.');
      },
      sessionTimeoutMs: 3_000,
      create: { partitions: 6, replicationFactor: 1 },
      log: new SilentLog(),
    });
  let port = await openBus();
  const deleteTopics = async (): Promise<void> => {
    const admin = kafkaClient(connection, new SilentLog()).admin();
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const topics = [...used].filter((topic) => existing.has(topic));
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  };
  return {
    port,
    log: new SilentLog(),
    close: async () => {
      await port.close();
      await deleteTopics();
    },
    reopen: async () => {
      await port.close();
      port = await openBus();
      return port;
    },
  };
};
