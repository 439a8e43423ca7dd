import { describe, expect, it } from '@jest/globals';
import { SqliteSnapshotStore } from './sqlite-snapshot-store.ts';

describe('SnapshotStore: SQLite', () => {
  it('gives back what was saved last', async () => {
    const store = new SqliteSnapshotStore(':memory:');
    await store.save('reader', '9', [1, { a: 'ü' }]);
    await store.save('reader', '10', null);
    await expect(store.load('reader')).resolves.toEqual({ position: '10', state: null });
    await expect(store.load('other')).resolves.toBeUndefined();
  });

  it('never moves backwards', async () => {
    const store = new SqliteSnapshotStore(':memory:');
    await store.save('reader', '10', 'new');
    await store.save('reader', '9', 'old');
    await expect(store.load('reader')).resolves.toEqual({ position: '10', state: 'new' });
  });
});
