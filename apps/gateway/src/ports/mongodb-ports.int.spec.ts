import {
  MongoCommandLog,
  MongoTokenStore,
  openMongo,
  type MongoConnection,
} from '@crier/adapter-mongodb';
import { freshId, SilentLog } from '@crier/kernel';
import { withServer } from '../../../../tools/integration.ts';
import { describeCommandLog } from '../testing/command-log.suite.ts';
import { describeTokenStore } from '../testing/token-store.suite.ts';
import type { Role } from './token-store.ts';

type Database = ReturnType<MongoConnection['db']>;

withServer('mongodb', (url) => {
  const opened = async <Port>(open: (db: Database) => Promise<Port>) => {
    const database = `crier_test_${freshId()}`;
    const connection = await openMongo({ url, database, log: new SilentLog() });
    const db = connection.db();
    const close = async () => {
      await db.dropDatabase();
      await connection.close();
    };
    return { port: await open(db), close };
  };

  describeTokenStore('MongoDB', () => opened((db) => MongoTokenStore.open<Role>(db)));
  describeCommandLog('MongoDB', () => opened((db) => MongoCommandLog.open(db)));
});
