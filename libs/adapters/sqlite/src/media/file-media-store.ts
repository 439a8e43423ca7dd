import { MediaStore, MediaTooLarge, sniff, SNIFFED_BYTES, type Media } from '@crier/audience';
import { freshId, Unavailable } from '@crier/kernel';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface FileMediaStoreOptions {
  readonly directory: string;
  /** The longest file taken, in bytes. @default 50 MB */
  readonly maxBytes?: number;
}

const FIFTY_MB = 50 * 1024 * 1024;
const DAY_MS = 86_400_000;
const ID = /^[0-9a-f]{64}$/;

interface Received {
  readonly sha256: string;
  readonly bytes: number;
  readonly start: Uint8Array;
}

/**
 * Uploads in a directory, each under its SHA-256, with a small JSON beside it. A file is complete before its JSON exists, and
 * what has no JSON does not exist: a crash leaves at most a stray part, which is cleared a day later.
 */
export class FileMediaStore extends MediaStore {
  readonly #directory: string;
  readonly #incoming: string;
  readonly #maxBytes: number;
  #ready: Promise<void> | undefined;

  constructor({ directory, maxBytes = FIFTY_MB }: FileMediaStoreOptions) {
    super();
    this.#directory = directory;
    this.#incoming = join(directory, 'incoming');
    this.#maxBytes = maxBytes;
  }

  async put(name: string, content: Readable): Promise<Media> {
    await this.#prepared();
    const part = join(this.#incoming, freshId());
    try {
      const { sha256, bytes, start } = await this.#receive(content, part);
      const known = await this.find(sha256);
      if (known) return known;
      const media: Media = { id: sha256, name, contentType: sniff(start), bytes, sha256 };
      await onDisk(() => this.#keep(part, media));
      return media;
    } finally {
      await rm(part, { force: true });
    }
  }

  async find(id: string): Promise<Media | undefined> {
    if (!ID.test(id)) return undefined;
    return onDisk(async () => {
      const json = await readFile(`${this.#pathOf(id)}.json`, 'utf8').catch(unlessMissing);
      return json === undefined ? undefined : (JSON.parse(json) as Media);
    });
  }

  async open(id: string): Promise<Readable | undefined> {
    if (!(await this.find(id))) return undefined;
    return createReadStream(this.#pathOf(id));
  }

  #pathOf(id: string): string {
    return join(this.#directory, id.slice(0, 2), id);
  }

  async #prepared(): Promise<void> {
    this.#ready ??= onDisk(() => this.#prepare());
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#incoming, { recursive: true });
    for (const file of await readdir(this.#incoming)) {
      const part = join(this.#incoming, file);
      const found = await stat(part).catch(unlessMissing);
      if (found && Date.now() - found.mtimeMs > DAY_MS) await rm(part, { force: true });
    }
  }

  async #receive(content: Readable, part: string): Promise<Received> {
    const hash = createHash('sha256');
    let start = Buffer.alloc(0);
    let bytes = 0;
    const file = await onDisk(() => open(part, 'wx'));
    try {
      for await (const piece of content as AsyncIterable<Uint8Array | string>) {
        const chunk = Buffer.from(piece as Uint8Array);
        bytes += chunk.length;
        if (bytes > this.#maxBytes) throw this.#tooLarge();
        if (start.length < SNIFFED_BYTES)
          start = Buffer.concat([start, chunk.subarray(0, SNIFFED_BYTES)]);
        hash.update(chunk);
        await onDisk(() => writeWhole(file, chunk));
      }
      await onDisk(() => file.sync());
    } finally {
      await file.close();
    }
    return { sha256: hash.digest('hex'), bytes, start: start.subarray(0, SNIFFED_BYTES) };
  }

  async #keep(part: string, media: Media): Promise<void> {
    const path = this.#pathOf(media.id);
    const folder = join(this.#directory, media.id.slice(0, 2));
    await mkdir(folder, { recursive: true });
    await rename(part, path);
    const json = join(this.#incoming, freshId());
    const file = await open(json, 'wx');
    try {
      await file.writeFile(JSON.stringify(media));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(json, `${path}.json`);
    await syncFolder(folder);
    await syncFolder(this.#directory);
  }

  #tooLarge(): MediaTooLarge {
    const limit = this.#maxBytes;
    return new MediaTooLarge(`a file can have at most ${limit} bytes`, { limit });
  }
}

const writeWhole = async (file: FileHandle, chunk: Buffer): Promise<void> => {
  for (let from = 0; from < chunk.length;) {
    from += (await file.write(chunk, from)).bytesWritten;
  }
};

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const unlessMissing = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
};

// Not every file system lets a folder be opened; where it does not, the rename is as durable as it gets.
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

const onDisk = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    throw new Unavailable('the media cannot be reached', {}, error);
  }
};
