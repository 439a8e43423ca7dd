import {
  KafkaMessageBus,
  setUpTopics,
  type KafkaConnection,
  type KafkaCredentials,
  type KafkaTls,
} from '@crier/adapter-kafka';
import { ClusterEnvironment, environmentOf, kafkaConnectionOf } from '@crier/deployment';
import { eventually, freshName } from '@crier/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readable, RecordedLog } from '../test/recorded-log.ts';
import { securedServer, type SecuredServer } from '../test/secured-server.ts';
import { withPrograms } from '../test/with-programs.ts';

const START_WITHIN_MS = 120_000;
const TOLD_WITHIN_MS = 10_000;
/** Not the password, but as good as one to whoever finds it in a log. */
const WRONG = 's3cret-but-wrong';

withPrograms(['java', 'mvn', 'openssl'], () => {
  describe('Kafka over TLS, with credentials', () => {
    let server: SecuredServer;
    beforeAll(async () => {
      server = await securedServer('kafka');
    }, START_WITHIN_MS);
    afterAll(() => server.close());

    const connection = (
      mechanism: KafkaCredentials['mechanism'] = 'plain',
      ssl: KafkaTls = { ca: server.ca },
    ): KafkaConnection => ({
      brokers: [server.place],
      clientId: 'secured',
      ssl,
      sasl: { mechanism, ...server.user },
    });
    const open = (to: KafkaConnection, log: RecordedLog): Promise<KafkaMessageBus> =>
      KafkaMessageBus.open({
        ...to,
        tables: () => false,
        create: { partitions: 1, replicationFactor: 1 },
        log,
      });

    const carries = async (to: KafkaConnection): Promise<void> => {
      const log = new RecordedLog();
      const bus = await open(to, log);
      try {
        const topic = freshName('secured');
        await setUpTopics(
          to,
          [{ name: topic, partitions: 1, replicationFactor: 1, compacted: false }],
          log,
        );
        const got: unknown[] = [];
        await bus.consume({
          topic,
          group: freshName('group'),
          onBatch: (messages) => {
            got.push(...messages.map(({ value }) => value));
            return Promise.resolve();
          },
        });
        await bus.publish([{ topic, key: 'one', value: { n: 1 } }]);
        await eventually('the message has come', () => got.length > 0);
        expect(got).toEqual([{ n: 1 }]);
      } finally {
        await bus.close();
      }
      expect(log.text).not.toContain(server.user.password);
    };

    it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
      'carries messages for whoever has the password: %s',
      (mechanism) => carries(connection(mechanism)),
    );

    it('carries them as the environment of an app says', async () => {
      const env = environmentOf(ClusterEnvironment, {
        CRIER_EVENTSTOREDB: 'esdb://127.0.0.1',
        CRIER_MONGODB: 'mongodb://127.0.0.1',
        CRIER_KAFKA: server.place,
        CRIER_KAFKA_TLS: 'on',
        CRIER_KAFKA_CA: server.caFile,
        CRIER_KAFKA_SASL: 'scram-sha-512',
        CRIER_KAFKA_USER: server.user.username,
        CRIER_KAFKA_PASSWORD_FILE: server.passwordFile,
      });
      await carries(kafkaConnectionOf(env, 'secured'));
    });

    const wrong = (mechanism: KafkaCredentials['mechanism']): KafkaConnection => ({
      ...connection(),
      sasl: { mechanism, username: server.user.username, password: WRONG },
    });
    const plainly = (): KafkaConnection => ({ brokers: [server.place], clientId: 'secured' });
    const elsewhere = (): KafkaConnection => ({
      ...connection(),
      brokers: [server.place.replace('127.0.0.1', 'localhost')],
    });

    it.each([
      ['with a wrong password', () => wrong('plain'), /SASL PLAIN/],
      ['with a wrong password, scrambled', () => wrong('scram-sha-256'), /SASL SCRAM/],
      [
        'whose certificate nobody vouched for',
        () => connection('plain', { ca: server.stranger }),
        /self-signed/,
      ],
      [
        'whose certificate the machine does not know',
        () => connection('plain', true),
        /self-signed/,
      ],
      ['at a name that is not in its certificate', elsewhere, /localhost/],
      ['without TLS', plainly, /./],
    ] as const)('is unavailable %s, says why, and nothing secret', async (_how, to, reason) => {
      const log = new RecordedLog();
      const begin = performance.now();
      const failures = [
        await open(to(), log).catch((error: unknown) => error),
        await setUpTopics(to(), [], log).catch((error: unknown) => error),
      ];
      expect(performance.now() - begin).toBeLessThan(TOLD_WITHIN_MS);
      for (const failure of failures)
        expect(failure).toMatchObject({
          code: 'UNAVAILABLE',
          verdict: 'retry',
          context: { reason: expect.stringMatching(reason) },
        });
      const said = readable(failures) + log.text;
      expect(said).not.toContain(server.user.password);
      expect(said).not.toContain(WRONG);
    });
  });
});
