import type { Bot } from '@crier/audience';
import { describeBotRegistry } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { withServer } from '../../../../../tools/integration.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { MongoBotRegistry } from './mongo-bot-registry.ts';

const bot = (id: string): Bot => ({
  id,
  channel: 'telegram',
  name: 'Shop',
  credentials: { token: '123456:VERY-SECRET-TOKEN' },
  rate: 25,
});

withServer('mongodb', (url) => {
  const drops: (() => Promise<void>)[] = [];
  const fresh = async () => {
    const mongo = await ownDatabase(url);
    drops.push(mongo.drop);
    return mongo;
  };
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  describeBotRegistry('MongoDB', async () => {
    const mongo = await fresh();
    return { port: new MongoBotRegistry({ mongo, key: randomBytes(32) }), close: mongo.close };
  });

  describe('MongoBotRegistry: secrets', () => {
    const key = randomBytes(32);
    let mongo: Awaited<ReturnType<typeof fresh>>;
    let registry: MongoBotRegistry;
    beforeAll(async () => {
      mongo = await fresh();
      registry = new MongoBotRegistry({ mongo, key });
      await registry.put(bot('a'));
      await registry.put(bot('b'));
    });

    const raw = () => mongo.db().collection<{ _id: string; credentials: unknown }>('bots');

    it('stores no token that could be read', async () => {
      const stored = await raw().findOne({ _id: 'a' }, { promoteBuffers: true });
      expect(Buffer.isBuffer(stored?.credentials)).toBe(true);
      expect(String(stored?.credentials)).not.toContain('VERY-SECRET');
      const { credentials, ...open } = stored ?? {};
      expect(credentials).toBeDefined();
      expect(JSON.stringify(open)).not.toContain('VERY-SECRET');
    });

    it('reads back with the same key, and refuses another', async () => {
      await expect(new MongoBotRegistry({ mongo, key }).get('a')).resolves.toEqual(bot('a'));
      const stranger = new MongoBotRegistry({ mongo, key: randomBytes(32) });
      await expect(stranger.list()).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
      await expect(stranger.channelOf('a')).resolves.toBe('telegram');
    });

    it('refuses a key of another length', () => {
      expect(() => new MongoBotRegistry({ mongo, key: randomBytes(16) })).toThrow('32 bytes');
    });

    it('refuses credentials that were moved to another bot', async () => {
      const [a, b] = [await raw().findOne({ _id: 'a' }), await raw().findOne({ _id: 'b' })];
      await raw().updateOne({ _id: 'b' }, { $set: { credentials: a?.credentials } });
      await expect(registry.get('b')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
      await raw().updateOne({ _id: 'b' }, { $set: { credentials: b?.credentials } });
      await expect(registry.list()).resolves.toHaveLength(2);
    });

    it('knows the channel of a bot at once, also of one that another process has put', async () => {
      await expect(registry.channelOf('later')).resolves.toBeUndefined();
      await new MongoBotRegistry({ mongo, key }).put({ ...bot('later'), channel: 'vk' });
      await expect(registry.channelOf('later')).resolves.toBe('vk');
    });

    it('takes several first puts of one bot at once', async () => {
      const puts = Array.from({ length: 8 }, (_, rate) => registry.put({ ...bot('new'), rate }));
      await Promise.all(puts);
      const found = (await registry.list()).filter(({ id }) => id === 'new');
      expect(found).toHaveLength(1);
    });
  });
});
