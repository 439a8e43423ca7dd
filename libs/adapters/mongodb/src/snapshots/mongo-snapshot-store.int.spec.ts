import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { freshDatabase } from '../../test/fresh-database.ts';
import { MongoSnapshotStore } from './mongo-snapshot-store.ts';

withServer('mongodb', (url) => {
  describe('SnapshotStore: MongoDB', () => {
    let db: Db;
    let drop: () => Promise<void>;
    beforeAll(async () => ({ db, drop } = await freshDatabase(url)));
    afterAll(() => drop());

    it('gives back what was saved last, whatever is in it', async () => {
      const store = new MongoSnapshotStore(db);
      await store.save('reader', '9', [1, { 'a.$b': 'ü' }]);
      await expect(store.load('reader')).resolves.toEqual({
        position: '9',
        state: [1, { 'a.$b': 'ü' }],
      });
      await store.save('reader', '10', null);
      await expect(new MongoSnapshotStore(db).load('reader')).resolves.toEqual({
        position: '10',
        state: null,
      });
      await expect(store.load('other')).resolves.toBeUndefined();
    });

    it('never moves backwards', async () => {
      const store = new MongoSnapshotStore(db);
      await store.save('forward', '10.1', 'new');
      await store.save('forward', '9.2', 'old');
      await expect(store.load('forward')).resolves.toEqual({ position: '10.1', state: 'new' });
    });

    it('keeps the furthest of many that are saved at once', async () => {
      const stores = [new MongoSnapshotStore(db), new MongoSnapshotStore(db)];
      const positions = Array.from({ length: 20 }, (_, n) => String((n * 7) % 20));
      await Promise.all(
        positions.map((position, n) => stores[n % 2]!.save('many', position, position)),
      );
      await expect(stores[0]!.load('many')).resolves.toEqual({ position: '19', state: '19' });
    });
  });
});
