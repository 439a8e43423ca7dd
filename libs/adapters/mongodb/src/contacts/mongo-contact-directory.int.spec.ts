import { describeContactDirectory, FixedClock } from '@crier/audience/testing';
import { afterAll } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { MongoContactDirectory } from './mongo-contact-directory.ts';

withServer('mongodb', (url) => {
  const drops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  describeContactDirectory('MongoDB', async ({ channelOf, now }) => {
    const mongo = await ownDatabase(url);
    drops.push(mongo.drop);
    const port = new MongoContactDirectory({ mongo, clock: new FixedClock(now), channelOf });
    await port.ensureIndexes();
    return { port, close: mongo.close };
  });
});
