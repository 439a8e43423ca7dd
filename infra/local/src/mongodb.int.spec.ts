import { openMongo } from '@crier/adapter-mongodb';
import { SilentLog } from '@crier/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPrograms } from '../test/with-programs.ts';
import { localInfra, type LocalServer } from './index.ts';

const MINUTES = 60_000;
const ROUNDS = 3;
const THINGS = 2_000;

withPrograms(['java', 'mvn'], () => {
  describe('the local MongoDB', () => {
    const root = mkdtempSync(join(tmpdir(), 'crier-mongodb-'));
    let server: LocalServer;
    beforeAll(async () => {
      server = localInfra(root, 4_000 + randomInt(1_000)).mongodb;
      await server.up();
    }, 2 * MINUTES);
    afterAll(async () => {
      await server.down();
      rmSync(root, { recursive: true, force: true });
    });

    const withThings = async <Result>(
      work: (things: ReturnType<typeof thingsOf>) => Promise<Result>,
    ): Promise<Result> => {
      const mongo = await openMongo({
        url: server.address,
        database: 'kept',
        log: new SilentLog(),
      });
      try {
        return await work(thingsOf(mongo));
      } finally {
        await mongo.close();
      }
    };
    const thingsOf = (mongo: Awaited<ReturnType<typeof openMongo>>) =>
      mongo.db().collection<{ _id: number }>('things');

    it(
      'has everything it answered for when it is killed right after the answer',
      async () => {
        for (let round = 1; round <= ROUNDS; round++) {
          await withThings((things) =>
            things.insertMany(
              Array.from({ length: THINGS }, (_none, i) => ({ _id: round * THINGS + i })),
            ),
          );
          server.signal('SIGKILL');
          await server.down();
          await server.up();
          await expect(withThings((things) => things.countDocuments())).resolves.toBe(
            round * THINGS,
          );
        }
      },
      2 * MINUTES,
    );
  });
});
