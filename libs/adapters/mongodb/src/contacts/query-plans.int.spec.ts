import { FixedClock } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { contactsOf } from './contact-collection.ts';
import { addressKey } from './contact-document.ts';
import { boundsOf } from './filter-query.ts';
import { MongoContactDirectory } from './mongo-contact-directory.ts';

const NOW = '2026-03-01T12:00:00.000Z';

const canExplain = async (url: string): Promise<boolean> => {
  const mongo = await ownDatabase(url);
  const answer = await mongo
    .db()
    .collection('nothing')
    .find()
    .explain()
    .then(
      () => true,
      () => false,
    );
  await mongo.drop();
  return answer;
};

const addresses: string[] = [];
withServer('mongodb', (url) => {
  addresses.push(url);
});

for (const url of addresses) {
  const suite = (await canExplain(url)) ? describe : describe.skip;
  suite('questions to the contacts (on a server that explains them)', () => {
    let mongo: Awaited<ReturnType<typeof ownDatabase>>;
    beforeAll(async () => {
      mongo = await ownDatabase(url);
      const directory = new MongoContactDirectory({
        mongo,
        clock: new FixedClock(NOW),
        channelOf: () => 'telegram',
      });
      await directory.ensureIndexes();
      await directory.upsert(
        Array.from({ length: 1_000 }, (_, n) => ({ externalId: `p${n}`, tags: [`t${n % 9}`] })),
      );
    });
    afterAll(() => mongo.drop());

    const planOf = async (query: object): Promise<string> =>
      JSON.stringify(await contactsOf(mongo.db()).find(query).explain('queryPlanner'));

    it.each([
      ['by id', { _id: { $in: ['a', 'b'] } }],
      ['by address', { keys: addressKey('bot', '1') }],
      ['of a batch', { keys: { $in: [addressKey('bot', '1'), addressKey('bot', '2')] } }],
      ['of a change', { _id: 'a', revision: 'r' }],
    ])('%s read no more than they find', async (_, query) => {
      await expect(planOf(query)).resolves.not.toContain('COLLSCAN');
    });

    it.each([
      { tag: 't1' },
      { tunnel: 't1' },
      { bot: 'b' },
      { variable: 'age', above: 3 },
      { lastActive: { after: '2026-01-01' } },
    ])('of the filter %j use an index', async (filter) => {
      const { possible } = boundsOf({ filter, route: 'main' }, NOW);
      await expect(planOf(possible as object)).resolves.not.toContain('COLLSCAN');
    });
  });
}
