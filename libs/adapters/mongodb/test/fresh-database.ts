import { freshId, SilentLog } from '@crier/kernel';
import type { Db } from 'mongodb';
import { openMongo } from '../src/connection.ts';

/** An empty database of its own, and how to be rid of it. */
export const freshDatabase = async (
  url: string,
): Promise<{ readonly db: Db; readonly drop: () => Promise<void> }> => {
  const connection = await openMongo({
    url,
    database: `crier_test_${freshId()}`,
    log: new SilentLog(),
  });
  const db = connection.db();
  const drop = async () => {
    await db.dropDatabase();
    await connection.close();
  };
  return { db, drop };
};
