import { describeImportStore } from '@crier/audience/testing';
import { afterAll } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { MongoImportStore } from './mongo-import-store.ts';

withServer('mongodb', (url) => {
  const drops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  describeImportStore('MongoDB', async () => {
    const mongo = await ownDatabase(url);
    drops.push(mongo.drop);
    const port = new MongoImportStore({ mongo });
    await port.ensureIndexes();
    return { port, close: mongo.close };
  });
});
