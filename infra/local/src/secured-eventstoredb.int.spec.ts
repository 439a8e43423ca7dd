import { EventStoreDb } from '@crier/adapter-eventstoredb';
import { ClusterEnvironment, environmentOf } from '@crier/deployment';
import { NO_STREAM } from '@crier/kernel';
import { eventually, freshName, someEvent } from '@crier/kernel/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readable, RecordedLog } from '../test/recorded-log.ts';
import { securedServer, type SecuredServer } from '../test/secured-server.ts';
import { withPrograms } from '../test/with-programs.ts';

const WRONG = 's3cret-but-wrong';
const REFUSED = { code: 'UNAVAILABLE', message: 'The event store refuses the credentials' };
const TOLD_WITHIN_MS = 15_000;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

withPrograms(['openssl'], () => {
  describe('the event store over TLS, with credentials', () => {
    let server: SecuredServer;
    beforeAll(async () => {
      server = await securedServer('eventstoredb');
    });
    afterAll(() => server.close());
    const stores: EventStoreDb[] = [];
    afterEach(async () => {
      for (const store of stores.splice(0)) await store.close();
    });

    const address = (password: string, caFile: string): string =>
      `esdb://${server.user.username}:${password}@${server.place}?tls=true&tlsCAFile=${caFile}`;
    const open = (connectionString: string, log: RecordedLog): EventStoreDb => {
      const store = new EventStoreDb({ connectionString, log });
      stores.push(store);
      return store;
    };
    /** What the three ways to ask fail with. */
    const failuresOf = async (store: EventStoreDb): Promise<readonly unknown[]> =>
      Promise.all(
        [
          store.append(freshName('stream'), NO_STREAM, [someEvent({})]),
          store.read(freshName('stream')),
          store.head(),
        ].map((asked: Promise<unknown>) => asked.catch((error: unknown) => error)),
      );
    /** Listens until it has complained. */
    const complaint = async (store: EventStoreDb, log: RecordedLog): Promise<void> => {
      const stop = new AbortController();
      const listening = (async () => {
        const batches = store.subscribe({ prefixes: [''], signal: stop.signal });
        await batches[Symbol.asyncIterator]().next();
      })();
      await eventually('the subscription is interrupted', () => log.lines.length > 0);
      stop.abort();
      await listening;
    };

    it('keeps facts, as the environment of an app says', async () => {
      const env = environmentOf(ClusterEnvironment, {
        CRIER_EVENTSTOREDB: address(server.user.password, server.caFile),
        CRIER_KAFKA: '127.0.0.1:9092',
        CRIER_MONGODB: 'mongodb://127.0.0.1',
      });
      const store = open(env.CRIER_EVENTSTOREDB, new RecordedLog());
      const stream = freshName('stream');
      await store.append(stream, NO_STREAM, [someEvent({})]);
      await expect(store.read(stream)).resolves.toHaveLength(1);
    });

    it('refuses a wrong password, and nothing secret is said of it', async () => {
      const log = new RecordedLog();
      const store = open(address(WRONG, server.caFile), log);
      const failures = await failuresOf(store);
      for (const failure of failures) expect(failure).toMatchObject(REFUSED);
      await complaint(store, log);
      const said = readable(failures) + log.text;
      expect(said).not.toContain(WRONG);
      expect(said).not.toContain(base64(`${server.user.username}:${WRONG}`));
    });

    it('is unavailable with a certificate that nobody vouched for, and nothing secret is said of it', async () => {
      const log = new RecordedLog();
      const begin = performance.now();
      const store = open(address(server.user.password, server.strangerFile), log);
      const failures = await failuresOf(store);
      expect(performance.now() - begin).toBeLessThan(TOLD_WITHIN_MS);
      for (const failure of failures) expect(failure).toMatchObject({ verdict: 'retry' });
      await complaint(store, log);
      const said = readable(failures) + log.text;
      expect(said).not.toContain(server.user.password);
      expect(said).not.toContain(base64(`${server.user.username}:${server.user.password}`));
    });
  });
});
