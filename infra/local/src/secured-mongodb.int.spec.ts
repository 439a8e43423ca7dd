import { openMongo, type MongoOptions } from '@crier/adapter-mongodb';
import { ClusterEnvironment, contextOf, environmentOf, openDatabase } from '@crier/deployment';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readable, RecordedLog } from '../test/recorded-log.ts';
import { securedServer, type SecuredServer } from '../test/secured-server.ts';
import { withPrograms } from '../test/with-programs.ts';

const START_WITHIN_MS = 120_000;
const TOLD_WITHIN_MS = 10_000;
const PASSWORD = 's3cret';

withPrograms(['java', 'mvn', 'openssl'], () => {
  describe('MongoDB over TLS', () => {
    let server: SecuredServer;
    beforeAll(async () => {
      server = await securedServer('mongodb');
    }, START_WITHIN_MS);
    afterAll(() => server.close());

    const options = (log: RecordedLog, other: Partial<MongoOptions> = {}): MongoOptions => ({
      url: server.address,
      database: 'secured',
      tls: { ca: [server.ca] },
      log,
      ...other,
    });

    it('keeps what it is given', async () => {
      const mongo = await openMongo(options(new RecordedLog()));
      const things = mongo.db().collection('things');
      await things.insertOne({ n: 1 });
      await expect(things.findOne({ n: 1 })).resolves.toMatchObject({ n: 1 });
      await mongo.close();
    });

    it('is reached as the environment of an app says', async () => {
      const env = environmentOf(ClusterEnvironment, {
        CRIER_EVENTSTOREDB: 'esdb://127.0.0.1',
        CRIER_KAFKA: '127.0.0.1:9092',
        CRIER_MONGODB: server.address,
        CRIER_MONGODB_CA: server.caFile,
      });
      const log = new RecordedLog();
      const mongo = await openDatabase(env, { ...contextOf('secured', 'silent'), log }, 'truth');
      await expect(mongo.db().command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
      await mongo.close();
    });

    const withPassword = (rest: string): string => `mongodb://crier:${PASSWORD}@${rest}`;
    const query = '/?directConnection=true&tls=true';
    const failureOf = (log: RecordedLog, other: Partial<MongoOptions>): Promise<unknown> =>
      openMongo(options(log, other)).catch((error: unknown) => error);

    it('is unavailable to whoever cannot trust it, or does not ask for TLS; nothing secret is said', async () => {
      const url = withPassword(`${server.place}${query}`);
      const ways: Readonly<Record<string, Partial<MongoOptions>>> = {
        'a certificate that nobody vouched for': { url, tls: { ca: [server.stranger] } },
        'a certificate that the machine does not know': { url, tls: {} },
        'a name that is not in the certificate': { url: url.replace('127.0.0.1', 'localhost') },
        'no TLS': { url: url.replace('tls=true', 'tls=false'), tls: {} },
        'nobody there': { url: withPassword(`127.0.0.1:1${query}`) },
      };
      const log = new RecordedLog();
      const begin = performance.now();
      const failures = await Promise.all(
        Object.entries(ways).map(async ([way, other]) => ({
          way,
          failure: await failureOf(log, other),
        })),
      );
      expect(performance.now() - begin).toBeLessThan(TOLD_WITHIN_MS);
      const failure: unknown = expect.objectContaining({ code: 'UNAVAILABLE', verdict: 'retry' });
      expect(failures).toEqual(Object.keys(ways).map((way) => ({ way, failure })));
      expect(readable(failures) + log.text).not.toContain(PASSWORD);
    });

    const unreadable = { code: 'MONGO_ADDRESS_INVALID', verdict: 'park' };
    it.each([
      // This server knows no users: it refuses whoever names one.
      ['refuses a user', () => `${server.place}${query}`, { name: 'MongoServerError' }],
      ['has no such port', () => `${server.place}0000${query}`, unreadable],
      ['is given an unknown option', () => `${server.place}${query}&tsl=true`, unreadable],
      ['is given a password that is not encoded', () => `/@${server.place}${query}`, unreadable],
    ] as const)('says nothing secret where it %s', async (_what, rest, expected) => {
      const log = new RecordedLog();
      const failure = await failureOf(log, { url: withPassword(rest()) });
      expect(failure).toMatchObject(expected);
      expect(readable(failure) + log.text).not.toContain(PASSWORD);
    });
  });
});
