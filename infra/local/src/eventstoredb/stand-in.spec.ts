import { EventStoreDb } from '@crier/adapter-eventstoredb';
import { NO_STREAM, SilentLog, type EventStore } from '@crier/kernel';
import { describeEventStore, eventually, freshName, someEvent } from '@crier/kernel/testing';
import {
  EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM as NO_STREAM_YET,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type AppendToStreamOptions,
} from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPrograms } from '../../test/with-programs.ts';
import { startStandIn, type StandInOptions } from './server.ts';

const HOST = '127.0.0.1';
const directories: string[] = [];
const freshDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'stand-in-'));
  directories.push(directory);
  return directory;
};
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

const adapter = (port: number, rest = '?tls=false', user = ''): EventStoreDb =>
  new EventStoreDb({
    connectionString: `esdb://${user}${HOST}:${port}${rest}`,
    log: new SilentLog(),
  });

describeEventStore('eventstoredb, on the stand-in', async () => {
  const path = join(freshDirectory(), 'events.db');
  let server = await startStandIn({ path, host: HOST, port: 0 });
  let port: EventStore & { close(): Promise<void> } = adapter(server.port);
  return {
    port,
    close: async () => {
      await port.close();
      server.stop();
    },
    reopen: async () => {
      await port.close();
      server.stop();
      server = await startStandIn({ path, host: HOST, port: 0 });
      port = adapter(server.port);
      return port;
    },
  };
});

/** Any credentials choose the one-call form of an append. */
const forms: Readonly<Record<string, AppendToStreamOptions>> = {
  'one call for all': {},
  'a call each': { credentials: { username: '', password: '' } },
};

describe('the stand-in for EventStoreDB', () => {
  let server: Awaited<ReturnType<typeof startStandIn>>;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    server = await startStandIn({ path: ':memory:', host: HOST, port: 0 });
    client = EventStoreDBClient.connectionString(`esdb://${HOST}:${server.port}?tls=false`);
  });
  afterAll(async () => {
    await client.dispose();
    server.stop();
  });
  const happened = (n: number) => jsonEvent({ type: 'Happened', data: { n } });
  const revisionsOf = async (stream: string): Promise<bigint[]> => {
    const revisions: bigint[] = [];
    for await (const { event } of client.readStream(stream))
      if (event) revisions.push(event.revision);
    return revisions;
  };

  describe.each(Object.entries(forms))('appends, %s', (_form, options) => {
    it('tells where the stream stands when another place was expected', async () => {
      const stream = freshName('stream');
      await client.appendToStream(stream, [happened(0), happened(1)], options);
      const late = client.appendToStream(stream, happened(2), { ...options, expectedRevision: 0n });
      await expect(late).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
      const fresh = client.appendToStream(stream, happened(2), {
        ...options,
        expectedRevision: NO_STREAM_YET,
      });
      await expect(fresh).rejects.toThrow(WrongExpectedVersionError);
    });

    it('takes the same events behind the same revision once, and tells the first position again', async () => {
      const stream = freshName('stream');
      const events = [happened(0), happened(1)];
      const place = { ...options, expectedRevision: NO_STREAM_YET } as const;
      const first = await client.appendToStream(stream, events, place);
      await client.appendToStream(stream, happened(2), { ...options, expectedRevision: 1n });
      await expect(client.appendToStream(stream, events, place)).resolves.toEqual(first);
      await expect(revisionsOf(stream)).resolves.toEqual([0n, 1n, 2n]);
    });

    it('takes the same newest events once where any place is fine', async () => {
      const stream = freshName('stream');
      const event = happened(0);
      await client.appendToStream(stream, event, options);
      await client.appendToStream(stream, event, options);
      await expect(revisionsOf(stream)).resolves.toEqual([0n]);
    });

    it('refuses more than a mebibyte', async () => {
      const event = jsonEvent({ type: 'Large', data: { text: 'x'.repeat(1_100_000) } });
      const append = client.appendToStream(freshName('stream'), event, options);
      await expect(append).rejects.toThrow(MaxAppendSizeExceededError);
    });
  });

  it('hides a deleted stream, and goes on with its revisions', async () => {
    const stream = freshName('stream');
    await client.appendToStream(stream, [happened(0), happened(1)]);
    await client.deleteStream(stream);
    await expect(revisionsOf(stream)).rejects.toThrow(StreamNotFoundError);
    await client.appendToStream(stream, happened(2), { expectedRevision: NO_STREAM_YET });
    await expect(revisionsOf(stream)).resolves.toEqual([2n]);
  });

  it('never takes a tombstoned stream again', async () => {
    const stream = freshName('stream');
    await client.appendToStream(stream, happened(0));
    await client.tombstoneStream(stream);
    await expect(client.appendToStream(stream, happened(1))).rejects.toThrow(StreamDeletedError);
  });

  it('filters by type, by name and by expression', async () => {
    const prefix = freshName('kind');
    await client.appendToStream(`${prefix}-a`, jsonEvent({ type: `${prefix}-One`, data: {} }));
    await client.appendToStream(`${prefix}-b`, jsonEvent({ type: `${prefix}-Two`, data: {} }));
    const first = async (filter: Parameters<typeof client.subscribeToAll>[0]) => {
      const subscription = client.subscribeToAll({ fromPosition: START, ...filter });
      for await (const { event } of subscription) {
        await subscription.unsubscribe();
        return event?.type;
      }
      return undefined;
    };
    const two = `${prefix}-Two`;
    await expect(first({ filter: eventTypeFilter({ prefixes: [two] }) })).resolves.toBe(two);
    await expect(first({ filter: eventTypeFilter({ regex: `${two}$` }) })).resolves.toBe(two);
    await expect(first({ filter: streamNameFilter({ regex: `^${prefix}-b` }) })).resolves.toBe(two);
  });

  it('tells its place over a long stretch that nobody asked for', async () => {
    const places: bigint[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({
        prefixes: [freshName('nobody')],
        checkpointReached: (_subscription, { commit }) => {
          places.push(commit);
          return Promise.resolve();
        },
      }),
    });
    subscription.on('error', () => undefined).resume();
    await client.appendToStream(
      freshName('stream'),
      Array.from({ length: 100 }, (_none, n) => happened(n)),
    );
    await eventually('checkpoints have come', () => places.length >= 3);
    await subscription.unsubscribe();
    expect(places).toEqual([...places].sort((a, b) => Number(a - b)));
  });
});

describe('an event store that goes away', () => {
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const start = async (options: Partial<StandInOptions> = {}) => {
    const server = await startStandIn({ path: ':memory:', host: HOST, port: 0, ...options });
    stops.push(() => {
      server.stop();
    });
    return server;
  };

  it('and comes back loses nothing: appends say so, subscriptions go on by themselves', async () => {
    const path = join(freshDirectory(), 'events.db');
    const server = await startStandIn({ path, host: HOST, port: 0 });
    const store = adapter(server.port);
    stops.push(() => store.close());
    const stream = freshName('stream');
    await store.append(stream, NO_STREAM, [someEvent({ n: 0 })]);
    const got: number[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const { events } of store.subscribe({ prefixes: [stream], signal: stop.signal }))
        got.push(...events.map(({ revision }) => revision));
    })();
    await eventually('the first has come', () => got.length === 1);

    server.stop();
    const events = [someEvent({ n: 1 })];
    await expect(store.append(stream, 0, events)).rejects.toMatchObject({ verdict: 'retry' });
    await expect(store.read(stream)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await start({ path, port: server.port });

    await eventually('the append goes through', () => {
      void store.append(stream, 0, events).catch(() => undefined);
      return got.length === 2;
    });
    stop.abort();
    await following;
    expect(got).toEqual([0, 1]);
  });

  withPrograms(['openssl'], () => {
    it('is reached over TLS, with credentials', async () => {
      const directory = freshDirectory();
      const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
      const subject = [
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
      ];
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '1',
          '-keyout',
          key,
          '-out',
          cert,
          ...subject,
        ],
        { stdio: 'ignore' },
      );
      const server = await start({
        tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
        credentials: { username: 'crier', password: 's3cret' },
      });
      const known = adapter(server.port, `?tls=true&tlsCAFile=${cert}`, 'crier:s3cret@');
      const unknown = adapter(server.port, `?tls=true&tlsCAFile=${cert}`, 'crier:wrong@');
      stops.push(
        () => known.close(),
        () => unknown.close(),
      );
      const stream = freshName('stream');
      await known.append(stream, NO_STREAM, [someEvent({})]);
      await expect(known.read(stream)).resolves.toHaveLength(1);
      const refused = { code: 'UNAVAILABLE', message: 'The event store refuses the credentials' };
      await expect(unknown.append(stream, 0, [someEvent({})])).rejects.toMatchObject(refused);
      await expect(unknown.read(stream)).rejects.toMatchObject(refused);
    });
  });
});
