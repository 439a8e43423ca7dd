import type { Upserted } from '@crier/audience';
import { FixedClock } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { openMongo, type MongoConnection } from '../connection.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { SilentLog } from '@crier/kernel';
import { MongoContactDirectory } from './mongo-contact-directory.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const EVERYBODY = { filter: { all: [] }, route: 'main' as const };

const idsOf = (answers: readonly Upserted[]): readonly string[] =>
  answers.flatMap((answer) => (answer.ok ? [answer.id] : []));

withServer('mongodb', (url) => {
  describe('several directories on one database', () => {
    let mongo: Awaited<ReturnType<typeof ownDatabase>>;
    let second: MongoConnection;
    let one: MongoContactDirectory;
    let two: MongoContactDirectory;
    const directory = (on: MongoConnection) =>
      new MongoContactDirectory({
        mongo: on,
        clock: new FixedClock(NOW),
        channelOf: () => 'telegram',
      });
    beforeAll(async () => {
      mongo = await ownDatabase(url);
      second = await openMongo({
        url,
        database: mongo.db().databaseName,
        log: new SilentLog(),
      });
      one = directory(mongo);
      two = directory(second);
      await Promise.all([one.ensureIndexes(), two.ensureIndexes()]);
    });
    afterAll(async () => {
      await second.close();
      await mongo.drop();
    });

    /** Twenty calls at once, every other one of the second directory. */
    const atOnce = <Value>(call: (by: MongoContactDirectory, n: number) => Promise<Value>) =>
      Promise.all(Array.from({ length: 20 }, (_, n) => call(n % 2 === 0 ? one : two, n)));

    it('make one contact of twenty first messages from one address, and lose nothing of any', async () => {
      const answers = await atOnce((by, n) =>
        by.upsert([{ connections: [{ botId: 'a', address: 'same' }], addTags: [`t${n}`] }]),
      );
      expect(new Set(idsOf(answers.flat())).size).toBe(1);
      expect(answers.flat().filter((answer) => answer.ok && answer.created)).toHaveLength(1);
      const contact = await one.findByAddress('a', 'same');
      expect(contact?.tags.toSorted()).toEqual(
        Array.from({ length: 20 }, (_, n) => `t${n}`).toSorted(),
      );
      await expect(two.count(EVERYBODY, ROUTING, NOW)).resolves.toMatchObject({ matched: 1 });
    });

    it('import the same file at once without anybody twice', async () => {
      const rows = Array.from({ length: 300 }, (_, n) => ({
        externalId: `row-${n}`,
        connections: [{ botId: 'b', address: `address-${n}` }],
      }));
      const [left, right] = await Promise.all([one.upsert(rows), two.upsert(rows.toReversed())]);
      expect(idsOf(left)).toEqual(idsOf(right).toReversed());
      expect(new Set(idsOf(left)).size).toBe(300);
      const created = [...left, ...right].filter((answer) => answer.ok && answer.created);
      expect(created).toHaveLength(300);
    });

    it('let the newest status and activity win in any order of arrival', async () => {
      await one.upsert([{ externalId: 'p', connections: [{ botId: 'c', address: 'p' }] }]);
      const at = (n: number) => `2026-04-01T00:00:${String((n * 7) % 20).padStart(2, '0')}.000Z`;
      await atOnce(async (by, n) => {
        await by.mark('c', { address: 'p' }, n % 2 === 0 ? 'blocked' : 'enabled', at(n));
        await by.touch('c', 'p', at(n));
      });
      const newest = Array.from({ length: 20 }, (_, n) => n).find((n) => (n * 7) % 20 === 19) ?? 0;
      await expect(one.findByAddress('c', 'p')).resolves.toMatchObject({
        lastActiveAt: '2026-04-01T00:00:19.000Z',
        connections: [
          {
            status: newest % 2 === 0 ? 'blocked' : 'enabled',
            statusAt: '2026-04-01T00:00:19.000Z',
          },
        ],
      });
    });

    it('give an address that two contacts ask for to one of them only', async () => {
      await one.upsert([{ externalId: 'left' }, { externalId: 'right' }]);
      const ask = (externalId: string) => ({
        externalId,
        connections: [{ botId: 'd', address: 'wanted' }],
      });
      const answers = await atOnce((by, n) => by.upsert([ask(n % 4 < 2 ? 'left' : 'right')]));
      const owner = await one.findByAddress('d', 'wanted');
      for (const [n, [answer]] of answers.entries()) {
        const isOwner = owner?.externalId === (n % 4 < 2 ? 'left' : 'right');
        expect(answer).toMatchObject(isOwner ? { ok: true } : { ok: false, code: 'ADDRESS_TAKEN' });
      }
    });

    it('do not bring back whom one of them erases while the other changes', async () => {
      const [id = ''] = idsOf(await one.upsert([{ externalId: 'leaving' }]));
      const changes = atOnce((by, n) => by.upsert([{ id, addTags: [`t${n}`] }]));
      await two.erase(id);
      for (const [answer] of await changes) {
        expect(answer).toMatchObject(answer?.ok ? { id } : { code: 'CONTACT_NOT_FOUND' });
      }
      await expect(one.get(id)).resolves.toBeUndefined();
    });
  });
});

const ROUTING = { bots: {}, contentFor: [], served: [] };
