import { Log, type Fields } from '@crier/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { withServer } from '../../../../tools/integration.ts';
import { openMongo, reachably } from './connection.ts';
import { ownDatabase } from './testing/own-database.ts';

class Recorded extends Log {
  readonly lines: string[] = [];
  info(message: string, fields: Fields = {}): void {
    this.lines.push(`${message} ${JSON.stringify(fields)}`);
  }
  warn(message: string, fields: Fields = {}): void {
    this.info(message, fields);
  }
  error(message: string, fields: Fields = {}): void {
    this.info(message, fields);
  }
  debug(message: string, fields: Fields = {}): void {
    this.info(message, fields);
  }
  with(): Log {
    return this;
  }
}

/** A way to the server that can be cut. */
const cuttable = async (url: string) => {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `mongodb://127.0.0.1:${own}/?directConnection=true`,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

withServer('mongodb', (url) => {
  describe('openMongo', () => {
    const log = new Recorded();
    let own: Awaited<ReturnType<typeof ownDatabase>>;
    let database: string;
    beforeAll(async () => {
      own = await ownDatabase(url);
      database = own.db().databaseName;
    });
    afterAll(() => own.drop());

    it('is unavailable where nobody listens, and says nothing of the password', async () => {
      const refused = openMongo({
        url: 'mongodb://crier:s3cret@127.0.0.1:1/?directConnection=true',
        database: 'crier',
        log,
      });
      const error: unknown = await refused.catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', verdict: 'retry' });
      expect(JSON.stringify([error, log.lines])).not.toContain('s3cret');
    });

    it('refuses an address that it cannot read, and does not repeat it', async () => {
      const address = 'postgres://crier:s3cret@127.0.0.1';
      const error: unknown = await openMongo({ url: address, database: 'crier', log }).catch(
        (failure: unknown) => failure,
      );
      expect(error).toMatchObject({ code: 'MONGO_ADDRESS_INVALID', verdict: 'park' });
      expect((error as Error).cause).toBeUndefined();
    });

    it('is unavailable while the way is cut, and says so in the log', async () => {
      const way = await cuttable(url);
      const lines = new Recorded();
      const mongo = await openMongo({ url: way.url, database, log: lines });
      const ask = () => reachably(() => mongo.db().collection('nothing').findOne());
      await expect(ask()).resolves.toBeNull();
      way.cut();
      await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await mongo.close();
      expect(lines.lines.join()).toMatch(/member reached .*member out of reach/);
    });

    it('is unavailable after it is closed, also twice', async () => {
      const mongo = await openMongo({ url, database, log });
      await mongo.close();
      await mongo.close();
      await expect(
        reachably(() => mongo.db().collection('nothing').findOne()),
      ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
});
