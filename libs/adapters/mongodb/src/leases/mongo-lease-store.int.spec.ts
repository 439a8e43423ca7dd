import { describeLeaseStore } from '@crier/kernel/testing';
import { withServer } from '../../../../../tools/integration.ts';
import { freshDatabase } from '../../test/fresh-database.ts';
import { MongoLeaseStore } from './mongo-lease-store.ts';

withServer('mongodb', (url) => {
  describeLeaseStore('MongoDB', async () => {
    const { db, drop } = await freshDatabase(url);
    return {
      port: new MongoLeaseStore(db),
      close: drop,
      reopen: () => Promise.resolve(new MongoLeaseStore(db)),
    };
  });
});
