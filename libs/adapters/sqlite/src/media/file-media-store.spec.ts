import { describeMediaStore } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileMediaStore } from './file-media-store.ts';

const freshFolder = () => mkdtemp(join(tmpdir(), 'crier-media-'));

describeMediaStore('files', async (maxBytes) => {
  const directory = await freshFolder();
  return {
    port: new FileMediaStore({ directory, maxBytes }),
    close: () => rm(directory, { recursive: true }),
  };
});

describe('FileMediaStore: what lies on the disk', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await freshFolder();
  });
  afterAll(() => rm(directory, { recursive: true }));

  const put = (store: FileMediaStore, text: string) =>
    store.put('a.txt', Readable.from([Buffer.from(text)]));

  it('leaves no parts behind, whether an upload succeeds or not', async () => {
    const store = new FileMediaStore({ directory, maxBytes: 10 });
    await put(store, 'short');
    await expect(put(store, 'much too long')).rejects.toMatchObject({ context: { limit: 10 } });
    await expect(readdir(join(directory, 'incoming'))).resolves.toEqual([]);
  });

  it('clears parts that a crash left more than a day ago, and no younger ones', async () => {
    const incoming = join(directory, 'incoming');
    await writeFile(join(incoming, 'old'), '');
    await writeFile(join(incoming, 'young'), '');
    const before = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(incoming, 'old'), before, before);
    await put(new FileMediaStore({ directory }), 'next');
    await expect(readdir(incoming)).resolves.toEqual(['young']);
  });

  it('finds again what an earlier process kept', async () => {
    const media = await put(new FileMediaStore({ directory }), 'kept');
    await expect(new FileMediaStore({ directory }).find(media.id)).resolves.toEqual(media);
  });

  it('is unavailable where its directory cannot be made', async () => {
    const blocked = join(directory, 'a-file');
    await writeFile(blocked, '');
    await mkdir(join(directory, 'fine'));
    const store = new FileMediaStore({ directory: join(blocked, 'media') });
    await expect(put(store, 'x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
