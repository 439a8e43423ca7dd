import { SilentLog } from '@crier/kernel';
import { randomBytes } from 'node:crypto';
import { openMongo, type MongoConnection } from '../connection.ts';

/** A fresh database of its own; `drop` removes it, and can be called after the connection was closed. */
export const ownDatabase = async (
  url: string,
): Promise<MongoConnection & { readonly drop: () => Promise<void> }> => {
  const database = `crier_test_${randomBytes(6).toString('hex')}`;
  const open = () => openMongo({ url, database, log: new SilentLog() });
  const mongo = await open();
  return {
    ...mongo,
    drop: async () => {
      const again = await open();
      await again.db().dropDatabase();
      await again.close();
      await mongo.close();
    },
  };
};
