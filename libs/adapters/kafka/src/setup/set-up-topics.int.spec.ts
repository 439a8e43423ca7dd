import { SilentLog } from '@crier/kernel';
import { freshName } from '@crier/kernel/testing';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigResourceTypes } from 'kafkajs';
import { withServer } from '../../../../../tools/integration.ts';
import { KafkaMessageBus, setUpTopics, TopicMismatch, UnknownTopic } from '../index.ts';
import { kafkaClient } from '../link/client.ts';

withServer('kafka', (address) => {
  const connection = { brokers: [address], clientId: freshName('test') };
  const specOf = (name: string, partitions: number, compacted = false) => ({
    ...{ name, partitions, compacted },
    replicationFactor: 1,
  });
  const openBus = () =>
    KafkaMessageBus.open({ ...connection, tables: () => false, log: new SilentLog() });

  describe('topics in Kafka', () => {
    const admin = kafkaClient(connection, new SilentLog()).admin();
    const made: string[] = [];
    const topic = (kind: string): string => {
      made.push(freshName(kind));
      return made.at(-1) ?? '';
    };
    afterAll(async () => {
      await admin.connect();
      const existing = new Set(await admin.listTopics());
      await admin.deleteTopics({ topics: made.filter((name) => existing.has(name)) });
      await admin.disconnect();
    });

    it('are there when the setup is done, and the setup may be done again', async () => {
      const [log, table] = [topic('log'), topic('lanes.')];
      const specs = [specOf(log, 3), specOf(table, 2, true)];
      await setUpTopics(connection, specs);
      await setUpTopics(connection, specs);
      const bus = await openBus();
      await bus.publish([{ topic: log, key: 'k', value: 1 }]);
      await bus.close();

      await admin.connect();
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: table }],
      });
      const policy = resources[0]?.configEntries.find(
        ({ configName }) => configName === 'cleanup.policy',
      );
      expect(policy?.configValue).toBe('compact');
    });

    it('keep their number of partitions: another one is refused, and nothing is made', async () => {
      const [log, other] = [topic('log'), topic('log')];
      await setUpTopics(connection, [specOf(log, 3)]);
      const again = setUpTopics(connection, [specOf(log, 4), specOf(other, 1)]);
      await expect(again).rejects.toThrow(TopicMismatch);
      await admin.connect();
      expect(await admin.listTopics()).not.toContain(other);
    });

    it('are not made in passing: an error names the topic and the setup', async () => {
      const name = freshName('log');
      const bus = await openBus();
      const acts = [
        () => bus.publish([{ topic: name, key: 'k', value: 1 }]),
        () => bus.tail({ topic: name, onBatch: () => Promise.resolve() }),
        () => bus.snapshot(name),
      ];
      for (const act of acts) {
        await expect(act()).rejects.toThrow(UnknownTopic);
        await expect(act()).rejects.toThrow(`Topic ${name} does not exist: run the setup`);
      }
      await bus.close();
    });

    it('that are owned together have as many partitions', async () => {
      const [table, log] = [topic('lanes.'), topic('log')];
      await setUpTopics(connection, [specOf(table, 2, true), specOf(log, 3)]);
      const bus = await openBus();
      const nothing = () => Promise.resolve();
      const owning = bus.own({
        ...{ group: freshName('group'), table, logs: { [log]: nothing } },
        ...{ onAssigned: nothing, onChange: nothing, onRevoked: nothing },
      });
      await expect(owning).rejects.toThrow(TopicMismatch);
      await bus.close();
    });
  });
});
