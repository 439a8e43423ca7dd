import { MediaStore, MediaTooLarge, sniff, SNIFFED_BYTES, type Media } from '@crier/audience';
import { freshId, type Clock } from '@crier/kernel';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MongoServerError, type Collection } from 'mongodb';
import { reachably, translated, TRUTH, type MongoConnection } from '../connection.ts';
import { MediaFiles } from './media-files.ts';

export interface MongoMediaStoreOptions {
  readonly mongo: Pick<MongoConnection, 'db'>;
  readonly clock: Clock;
  /** The longest file taken, in bytes. @default 50 MB */
  readonly maxBytes?: number;
}

/** A file that exists; its bytes lie complete under `file` before this is written. */
interface MediaDocument extends Omit<Media, 'id' | 'sha256'> {
  /** SHA-256 of the bytes. */
  readonly _id: string;
  readonly file: string;
}

const FIFTY_MB = 50 * 1024 * 1024;
const ID = /^[0-9a-f]{64}$/;
const DUPLICATE_KEY = 11_000;

/**
 * Uploads in GridFS, each known by its SHA-256. What has no document in `media` does not exist: a crash leaves at most a stray
 * file, which is cleared a day later.
 */
export class MongoMediaStore extends MediaStore {
  readonly #media: Collection<MediaDocument>;
  readonly #files: MediaFiles;
  readonly #maxBytes: number;

  constructor({ mongo, clock, maxBytes = FIFTY_MB }: MongoMediaStoreOptions) {
    super();
    const media = mongo.db().collection<MediaDocument>('media', { writeConcern: TRUTH });
    const isKept = async (file: string) => (await media.findOne({ file })) !== null;
    this.#media = media;
    this.#files = new MediaFiles(mongo.db(), { clock, isKept });
    this.#maxBytes = maxBytes;
  }

  async put(name: string, content: Readable): Promise<Media> {
    const file = freshId();
    await reachably(() => this.#files.begin(file));
    const document: MediaDocument = { ...(await this.#receive(file, content)), name, file };
    // Where the answer is lost, nobody knows whether it is kept: the bytes stay until the clearing finds out.
    const isKept = await reachably(() => this.#keep(document));
    await reachably(() => this.#files.end(file, { isKept }));
    return isKept ? mediaOf(document) : await this.#known(document);
  }

  async find(id: string): Promise<Media | undefined> {
    const document = await this.#find(id);
    return document && mediaOf(document);
  }

  async open(id: string): Promise<Readable | undefined> {
    const document = await this.#find(id);
    return document && Readable.from(this.#bytes(document.file), { objectMode: false });
  }

  async #find(id: string): Promise<MediaDocument | undefined> {
    if (!ID.test(id)) return undefined;
    return (await reachably(() => this.#media.findOne({ _id: id }))) ?? undefined;
  }

  async #known(document: MediaDocument): Promise<Media> {
    return (await this.find(document._id)) ?? mediaOf(document);
  }

  async #receive(file: string, content: Readable): Promise<Omit<MediaDocument, 'name' | 'file'>> {
    const hash = createHash('sha256');
    let start = Buffer.alloc(0);
    let bytes = 0;
    const measured = async function* (this: MongoMediaStore, pieces: AsyncIterable<unknown>) {
      for await (const piece of pieces) {
        const chunk = Buffer.from(piece as Uint8Array);
        bytes += chunk.length;
        if (bytes > this.#maxBytes) throw this.#tooLarge();
        if (start.length < SNIFFED_BYTES) {
          start = Buffer.concat([start, chunk.subarray(0, SNIFFED_BYTES)]);
        }
        hash.update(chunk);
        yield chunk;
      }
    };
    try {
      await pipeline(content, measured.bind(this), this.#files.writing(file));
    } catch (error) {
      await this.#files.discard(file);
      throw translated(error);
    }
    const contentType = sniff(start.subarray(0, SNIFFED_BYTES));
    return { _id: hash.digest('hex'), contentType, bytes };
  }

  /** False where the same bytes are kept already. */
  async #keep(document: MediaDocument): Promise<boolean> {
    try {
      await this.#media.insertOne(document);
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  async *#bytes(file: string): AsyncIterable<Uint8Array> {
    try {
      yield* this.#files.reading(file) as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw translated(error);
    }
  }

  #tooLarge(): MediaTooLarge {
    const limit = this.#maxBytes;
    return new MediaTooLarge(`a file can have at most ${limit} bytes`, { limit });
  }
}

const mediaOf = ({ _id, name, contentType, bytes }: MediaDocument): Media => ({
  id: _id,
  name,
  contentType,
  bytes,
  sha256: _id,
});
