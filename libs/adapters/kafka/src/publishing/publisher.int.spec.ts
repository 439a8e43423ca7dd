import { Unavailable, type IncomingMessage, type OutgoingMessage } from '@crier/kernel';
import { eventually, freshName } from '@crier/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { openTestBus } from '../../test/test-bus.ts';
import { KafkaMessageBus, MessageTooLarge } from '../index.ts';
import { partitionOf } from '../wire/murmur2.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

withServer('kafka', (address) => {
  describe('publishing to Kafka', () => {
    let opened: Awaited<ReturnType<typeof openTestBus>>;
    beforeAll(async () => {
      opened = await openTestBus(address);
    });
    afterAll(() => opened.close());

    const everythingOf = async (topic: string, count: number) => {
      const got: IncomingMessage[] = [];
      const onBatch = (messages: readonly IncomingMessage[]): Promise<void> => {
        got.push(...messages);
        return Promise.resolve();
      };
      const member = await opened.port.consume({ topic, group: freshName('group'), onBatch });
      await eventually('all has come', () => got.length >= count);
      await member.close();
      return got;
    };

    it('carries headers, and puts a message where partitionBy says', async () => {
      const topic = freshName('log');
      const message: OutgoingMessage = {
        ...{ topic, key: 'lane-1', partitionBy: 'bot-7', value: { n: 1 } },
        headers: { traceparent: '00-ab-cd-01' },
      };
      await opened.port.publish([message]);
      const [got] = await everythingOf(topic, 1);
      expect(got).toMatchObject({ key: 'lane-1', value: { n: 1 }, headers: message.headers });
      expect(got?.partition).toBe(partitionOf('bot-7', 6));
    });

    it('keeps the order of publications that do not wait for each other, and stores each once', async () => {
      const topic = freshName('log');
      const messages = upTo(300).map((value) => ({ topic, key: `k${value % 3}`, value }));
      await Promise.all(messages.map((message) => opened.port.publish([message])));
      const got = await everythingOf(topic, messages.length);
      expect(got).toHaveLength(messages.length);
      for (const key of ['k0', 'k1', 'k2']) {
        const values = got.filter((message) => message.key === key).map(({ value }) => value);
        expect(values).toEqual(messages.filter((m) => m.key === key).map(({ value }) => value));
      }
    });

    it('stores a publication that is larger than one parcel, in order', async () => {
      const topic = freshName('log');
      const value = 'x'.repeat(100_000);
      await opened.port.publish(upTo(40).map((n) => ({ topic, key: 'k', value: `${n} ${value}` })));
      const got = await everythingOf(topic, 40);
      expect(got.map((message) => Number.parseInt(String(message.value), 10))).toEqual(upTo(40));
    });

    it('refuses what no topic takes, and goes on', async () => {
      const topic = freshName('log');
      const huge = opened.port.publish([{ topic, key: 'k', value: 'x'.repeat(5_000_000) }]);
      await expect(huge).rejects.toThrow(MessageTooLarge);
      await opened.port.publish([{ topic, key: 'k', value: 'small' }]);
      const [got] = await everythingOf(topic, 1);
      expect(got?.value).toBe('small');
    });

    it('cannot be opened where no broker is', async () => {
      const { tables, log } = { tables: () => false, log: opened.log };
      const open = KafkaMessageBus.open({ brokers: ['127.0.0.1:1'], clientId: 't', tables, log });
      await expect(open).rejects.toThrow(Unavailable);
    });
  });
});
