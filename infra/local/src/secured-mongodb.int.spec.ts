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
    /** Addresses with a name and a password in them. */
    const withPassword = (rest: string): string => `mongodb://crier:${PASSWORD}@${rest}`;
    const query = '/?directConnection=true&tls=true';

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

    it.each([
      ['whose certificate nobody vouched for', () => ({ tls: { ca: [server.stranger] } })],
      ['whose certificate the machine does not know', () => ({ tls: {} })],
      [
        'at a name that is not in its certificate',
        () => ({ url: server.address.replace('127.0.0.1', 'localhost') }),
      ],
      ['without TLS', () => ({ url: server.address.replace('tls=true', 'tls=false'), tls: {} })],
    ] as const)('is unavailable %s', async (_how, other) => {
      const begin = performance.now();
      const failed = openMongo(options(new RecordedLog(), other()));
      await expect(failed).rejects.toMatchObject({ code: 'UNAVAILABLE', verdict: 'retry' });
      expect(performance.now() - begin).toBeLessThan(TOLD_WITHIN_MS);
    });

    it.each([
      // This server knows no users: it refuses whoever names one.
      ['refuses the name and the password', () => withPassword(`${server.place}${query}`), true],
      ['is a stranger', () => withPassword(`${server.place}${query}`), false],
      ['is not there', () => withPassword(`127.0.0.1:1${query}`), true],
      ['is misspelt', () => withPassword(`${server.place}:x${query}`), true],
      ['is given an unknown option', () => withPassword(`${server.place}${query}&tsl=true`), true],
      ['has a password that is not encoded', () => withPassword(`/@${server.place}${query}`), true],
    ] as const)('says nothing secret where it %s', async (_what, url, isTrusted) => {
      const log = new RecordedLog();
      const tls = { ca: [isTrusted ? server.ca : server.stranger] };
      const failure: unknown = await openMongo(options(log, { url: url(), tls })).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(Error);
      console.log(readable(failure).slice(0, 600), log.text.slice(0, 500));
      expect(readable(failure) + log.text).not.toContain(PASSWORD);
    });
  });
});
