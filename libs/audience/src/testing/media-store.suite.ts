import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MediaStore } from '../application/media-store.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** The promises of {@link MediaStore}, for every adapter. `open` is asked for a store that takes at most `maxBytes`. */
export const describeMediaStore = (
  adapter: string,
  open: (
    maxBytes: number,
  ) => Promise<{ readonly port: MediaStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`MediaStore: ${adapter}`, () => {
    const MAX = 1_000_000;
    let store: MediaStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ port: store, close } = await open(MAX));
    });
    afterAll(() => close());

    const put = (name: string, bytes: Uint8Array) => store.put(name, Readable.from([bytes]));
    const bytesOf = async (id: string) => {
      const content = await store.open(id);
      return content && (await buffer(content));
    };

    it('gives back the bytes and tells what they are', async () => {
      const bytes = Buffer.concat([PNG, randomBytes(200_000)]);
      const media = await put('photo.jpg', bytes);
      expect(media).toEqual({
        id: media.id,
        name: 'photo.jpg',
        contentType: 'image/png',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      await expect(bytesOf(media.id)).resolves.toEqual(bytes);
      await expect(store.find(media.id)).resolves.toEqual(media);
    });

    it('gives the same id for the same bytes', async () => {
      const bytes = randomBytes(1_000);
      const first = await put('a.bin', bytes);
      const second = await put('b.bin', bytes);
      expect(second.id).toBe(first.id);
      await expect(bytesOf(first.id)).resolves.toEqual(bytes);
    });

    it('takes the same bytes from several at once', async () => {
      const bytes = randomBytes(50_000);
      const all = await Promise.all(Array.from({ length: 5 }, () => put('same.bin', bytes)));
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      await expect(bytesOf(all[0]?.id ?? '')).resolves.toEqual(bytes);
    });

    it('keeps an empty file and an unusual name', async () => {
      const media = await put('../../ж \u{1F600}.txt', Buffer.alloc(0));
      expect(media).toMatchObject({
        name: '../../ж \u{1F600}.txt',
        bytes: 0,
        contentType: 'application/octet-stream',
      });
      await expect(bytesOf(media.id)).resolves.toEqual(Buffer.alloc(0));
    });

    it('refuses a file over the limit and keeps nothing of it', async () => {
      const bytes = randomBytes(MAX + 1);
      await expect(put('big.bin', bytes)).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await expect(store.find(sha256)).resolves.toBeUndefined();
      await expect(put('most.bin', bytes.subarray(0, MAX))).resolves.toMatchObject({ bytes: MAX });
    });

    it('keeps nothing of an upload that breaks off', async () => {
      const broken = Readable.from(
        (async function* () {
          yield await Promise.resolve(PNG);
          throw new Error('connection lost');
        })(),
      );
      await expect(store.put('broken.png', broken)).rejects.toThrow('connection lost');
      const sha256 = createHash('sha256').update(PNG).digest('hex');
      await expect(store.find(sha256)).resolves.toBeUndefined();
    });

    it.each(['nothing', '', '..', '../../etc/passwd', 'a/b', 'a\u0000b', '0'.repeat(64)])(
      'knows no file %j',
      async (id) => {
        await expect(store.find(id)).resolves.toBeUndefined();
        await expect(store.open(id)).resolves.toBeUndefined();
      },
    );
  });
};
