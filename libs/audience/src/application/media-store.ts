import type { Readable } from 'node:stream';

export interface Media {
  readonly id: string;
  readonly name: string;
  /** As sniffed from the bytes, not as claimed. */
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Uploaded files, kept by content. All throw Unavailable. */
export abstract class MediaStore {
  /** Keeps a file whole or not at all; the same bytes again give the same id. @throws MediaTooLarge */
  abstract put(name: string, content: Readable): Promise<Media>;
  abstract find(id: string): Promise<Media | undefined>;
  /** The bytes, or undefined where there is no such file. */
  abstract open(id: string): Promise<Readable | undefined>;
}
