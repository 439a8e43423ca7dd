import type { Clock } from '@crier/kernel';
import {
  GridFSBucket,
  type Collection,
  type Db,
  type GridFSBucketReadStream,
  type GridFSBucketWriteStream,
} from 'mongodb';
import { TRUTH } from '../connection.ts';

/** An upload under way, or one that a crash ended. */
interface Upload {
  readonly _id: string;
  readonly begunAt: Date;
}

interface MediaFilesOptions {
  readonly clock: Clock;
  /** Whether a file belongs to something that exists. */
  readonly isKept: (file: string) => Promise<boolean>;
}

const BUCKET = 'media_files';
const DAY_MS = 86_400_000;

/** Bytes in GridFS under ids of single uploads, and a note of each upload until it ends, so that no stray bytes stay. */
export class MediaFiles {
  readonly #bucket: GridFSBucket;
  readonly #chunks: Collection<{ readonly files_id: string }>;
  readonly #files: Collection<{ readonly _id: string }>;
  readonly #uploads: Collection<Upload>;
  readonly #options: MediaFilesOptions;

  constructor(db: Db, options: MediaFilesOptions) {
    this.#bucket = new GridFSBucket(db, { bucketName: BUCKET, writeConcern: TRUTH });
    this.#chunks = db.collection(`${BUCKET}.chunks`);
    this.#files = db.collection(`${BUCKET}.files`);
    this.#uploads = db.collection('media_uploads', { writeConcern: TRUTH });
    this.#options = options;
  }

  /** Notes an upload; also clears those that were begun more than a day ago and never ended. */
  async begin(file: string): Promise<void> {
    const now = Date.parse(this.#options.clock.now());
    await this.#uploads.insertOne({ _id: file, begunAt: new Date(now) });
    await this.#clear(new Date(now - DAY_MS));
  }

  writing(file: string): GridFSBucketWriteStream {
    // The driver's types know object ids only; the protocol takes any value.
    return this.#bucket.openUploadStreamWithId(file as never, file);
  }

  reading(file: string): GridFSBucketReadStream {
    return this.#bucket.openDownloadStream(file as never);
  }

  /** The upload is over: its bytes stay, or go. */
  async end(file: string, { isKept }: { readonly isKept: boolean }): Promise<void> {
    if (!isKept) await this.#remove(file);
    await this.#uploads.deleteOne({ _id: file });
  }

  /** The upload broke off. The note stays, for what was still on its way or cannot be removed now: the clearing comes later. */
  async discard(file: string): Promise<void> {
    await this.#remove(file).catch(() => undefined);
  }

  async #remove(file: string): Promise<void> {
    await this.#files.deleteOne({ _id: file });
    await this.#chunks.deleteMany({ files_id: file });
  }

  async #clear(before: Date): Promise<void> {
    const strays = await this.#uploads.find({ begunAt: { $lt: before } }).toArray();
    for (const { _id } of strays) {
      await this.end(_id, { isKept: await this.#options.isKept(_id) });
    }
  }
}
