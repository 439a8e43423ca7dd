import { describeMediaStore, FixedClock } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { withServer } from '../../../../../tools/integration.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { MongoMediaStore } from './mongo-media-store.ts';

const [NOW, TOMORROW] = ['2026-03-01T12:00:00.000Z', '2026-03-02T13:00:00.000Z'];

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

  describeMediaStore('MongoDB', async (maxBytes) => {
    const mongo = await fresh();
    const port = new MongoMediaStore({ mongo, clock: new FixedClock(NOW), maxBytes });
    return { port, close: mongo.close };
  });

  describe('MongoMediaStore: what is stored', () => {
    let mongo: Awaited<ReturnType<typeof fresh>>;
    beforeAll(async () => {
      mongo = await fresh();
    });

    const store = (now = NOW, maxBytes = 5_000_000) =>
      new MongoMediaStore({ mongo, clock: new FixedClock(now), maxBytes });
    const stored = (collection: string) => mongo.db().collection(collection).countDocuments();
    const put = (bytes: Uint8Array, into = store()) => into.put('a.bin', Readable.from([bytes]));

    it('keeps one copy of the same bytes, and no note of an upload that ended', async () => {
      const bytes = randomBytes(10_000);
      await Promise.all([put(bytes), put(bytes), put(bytes)]);
      await expect(stored('media')).resolves.toBe(1);
      await expect(stored('media_files.files')).resolves.toBe(1);
      await expect(stored('media_uploads')).resolves.toBe(0);
    });

    it('keeps a file of many chunks, and gives it back whole', async () => {
      const pieces = Array.from({ length: 40 }, () => randomBytes(100_000));
      const { id, bytes } = await store().put('a.bin', Readable.from(pieces));
      expect(bytes).toBe(4_000_000);
      const content = await store().open(id);
      const read = content ? await buffer(content) : Buffer.alloc(0);
      expect(createHash('sha256').update(read).digest('hex')).toBe(id);
    });

    it('can be told in the middle that nobody reads on', async () => {
      const { id } = await put(randomBytes(2_000_000));
      const content = await store().open(id);
      for await (const chunk of content ?? []) {
        expect(Buffer.from(chunk as Uint8Array).length).toBeGreaterThan(0);
        break;
      }
      expect(content?.destroyed).toBe(true);
    });

    it('removes the bytes of what is refused, and a day later the note of it', async () => {
      const chunks = await stored('media_files.chunks');
      const small = store(NOW, 300_000);
      await expect(put(randomBytes(900_000), small)).rejects.toMatchObject({
        context: { limit: 300_000 },
      });
      await expect(stored('media_uploads')).resolves.toBe(1);
      await put(randomBytes(10), store(TOMORROW));
      await expect(stored('media_uploads')).resolves.toBe(0);
      await expect(stored('media_files.chunks')).resolves.toBe(chunks + 1);
    });

    it('never clears what exists, though the process ended before it had noted so', async () => {
      const bytes = randomBytes(1_000);
      const { id } = await put(bytes);
      const media = await mongo
        .db()
        .collection<{ _id: string; file: string }>('media')
        .findOne({ _id: id });
      await mongo
        .db()
        .collection<{ _id: string; begunAt: Date }>('media_uploads')
        .insertOne({ _id: media?.file ?? '', begunAt: new Date(NOW) });
      await put(randomBytes(10), store(TOMORROW));
      await expect(stored('media_uploads')).resolves.toBe(0);
      const content = await store().open(id);
      expect(content && (await buffer(content))).toEqual(bytes);
    });

    it('is unavailable after it is closed', async () => {
      const other = await fresh();
      const closed = new MongoMediaStore({ mongo: other, clock: new FixedClock(NOW) });
      await other.close();
      await expect(put(randomBytes(1), closed)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(closed.find('0'.repeat(64))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
});
