import { freshId } from '@crier/kernel';
import { BSON, type Collection, type Db } from 'mongodb';
import { TRUTH } from '../connection.ts';
import type { Put } from './puts.ts';

/** Where to find everything that a step leaves behind. */
export interface RedoRecord {
  readonly id: string;
  readonly chunks: number;
}

interface StoredChunk {
  /** record/chunk */
  readonly _id: string;
  readonly generation: number;
  readonly step: number;
  readonly puts: readonly Put[];
}

/** Half of what MongoDB takes in one document: a put may be as large as this by itself. */
export const CHUNK_BYTES = 8 * 1024 * 1024;

const chunkId = (record: string, chunk: number): string => `${record}/${chunk}`;

/** Parts in order, none larger than `bytes` unless it is one single put. */
export const chunksOf = (puts: readonly Put[], bytes: number): readonly (readonly Put[])[] => {
  const chunks: Put[][] = [];
  let room = 0;
  for (const put of puts) {
    const size = BSON.calculateObjectSize(put);
    if (chunks.length === 0 || size > room) {
      chunks.push([]);
      room = bytes;
    }
    chunks.at(-1)?.push(put);
    room -= size;
  }
  return chunks;
};

/** What the steps under way will leave behind, kept until it is in its places. Throws what the driver throws. */
export class RedoLog {
  readonly #chunks: Collection<StoredChunk>;

  constructor(db: Db) {
    this.#chunks = db.collection<StoredChunk>('generation_steps', {
      writeConcern: TRUTH,
      readPreference: 'primary',
      promoteBuffers: true,
    });
  }

  /** Every writer's record of a step is another one. */
  async write(generation: number, step: number, puts: readonly Put[]): Promise<RedoRecord> {
    const id = `${generation}/${step}/${freshId()}`;
    const chunks = chunksOf(puts, CHUNK_BYTES);
    for (const [n, part] of chunks.entries())
      await this.#chunks.insertOne({ _id: chunkId(id, n), generation, step, puts: part });
    return { id, chunks: chunks.length };
  }

  /** One chunk after the other; undefined for one that is not there. */
  async *read({ id, chunks }: RedoRecord): AsyncGenerator<readonly Put[] | undefined> {
    for (let n = 0; n < chunks; n += 1)
      yield (await this.#chunks.findOne({ _id: chunkId(id, n) }))?.puts;
  }

  /** Removes the record of a writer that was not first. */
  async remove({ id, chunks }: RedoRecord): Promise<void> {
    const ids = Array.from({ length: chunks }, (_, n) => chunkId(id, n));
    await this.#chunks.deleteMany({ _id: { $in: ids } });
  }

  /** Removes what is left of steps up to this one, which are all applied: also what writers that died left behind. */
  async tidy(generation: number, step: number): Promise<void> {
    await this.#chunks.deleteMany({ generation, step: { $lte: step } });
  }
}
