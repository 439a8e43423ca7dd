// The events to fold come from the one stand-in that every suite uses.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { SqliteEventStore } from '@crier/adapter-sqlite';
import { verify } from '@crier/statistics';
import {
  appendFacts,
  caughtUp,
  describeReadModels,
  foldAll,
  randomHistory,
  startedOn,
} from '@crier/statistics/testing';
import type { Db } from 'mongodb';
import { describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { freshDatabase } from '../../test/fresh-database.ts';
import { MongoReadModels, MongoReadModelWriter } from './index.ts';

withServer('mongodb', (url) => {
  const openStore = () => SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  const sidesOf = (db: Db) => ({
    models: new MongoReadModels({ db }),
    writer: new MongoReadModelWriter(db),
  });

  describeReadModels('MongoDB', async () => {
    const store = await openStore();
    const { db, drop } = await freshDatabase(url);
    const close = async () => {
      await store.close();
      await drop();
    };
    return { port: { store, ...sidesOf(db) }, close };
  });

  describe('MongoReadModelWriter', () => {
    it('counts nothing twice while two projectors believe that it is their turn', async () => {
      const store = await openStore();
      const { db, drop } = await freshDatabase(url);
      const [one, other] = [sidesOf(db), sidesOf(db)].map((sides) => ({ store, ...sides }));
      await appendFacts(store, randomHistory(16, 1));
      await foldAll(one!);
      const projectors = [await startedOn(one!), await startedOn(other!)];
      const facts = randomHistory(17, 4);
      for (let start = 0; start < facts.length; start += 40)
        await appendFacts(store, facts.slice(start, start + 40));
      await Promise.all(projectors.map((projector) => caughtUp(projector, store)));
      expect(projectors.map((projector) => projector.status().state)).toEqual([
        'running',
        'running',
      ]);
      await Promise.all(projectors.map((projector) => projector.stop()));
      const verified = await verify(store, one!.models);
      expect(verified.flatMap(({ differences }) => differences)).toEqual([]);
      await store.close();
      await drop();
    });
  });
});
