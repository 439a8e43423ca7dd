import { comparePositions, SnapshotStore, type Position, type Snapshot } from '@crier/kernel';
import type { Collection, Db } from 'mongodb';
import { reachably, TRUTH } from '../connection.ts';
import { insertedFirst } from '../inserted-first.ts';

interface StoredSnapshot {
  /** The reader. */
  readonly _id: string;
  readonly position: Position;
  /** JSON: what a reader keeps is not for MongoDB to judge. */
  readonly state: string;
}

/** Readers' places, one document each: at most as large as MongoDB's limit of 16 MB. Any number of processes may save. */
export class MongoSnapshotStore extends SnapshotStore {
  readonly #snapshots: Collection<StoredSnapshot>;

  constructor(db: Db) {
    super();
    this.#snapshots = db.collection<StoredSnapshot>('snapshots', {
      writeConcern: TRUTH,
      readPreference: 'primary',
    });
  }

  load(reader: string): Promise<Snapshot | undefined> {
    return reachably(async () => {
      const found = await this.#snapshots.findOne({ _id: reader });
      return found
        ? { position: found.position, state: JSON.parse(found.state) as unknown }
        : undefined;
    });
  }

  save(reader: string, position: Position, state: unknown): Promise<void> {
    const next = { position, state: JSON.stringify(state) };
    return reachably(async () => {
      // Positions are compared here, not by the server: whoever was quicker is looked at again.
      while (!(await this.#swapped(reader, next)));
    });
  }

  /** False where another was quicker. */
  async #swapped(reader: string, next: Omit<StoredSnapshot, '_id'>): Promise<boolean> {
    const known = await this.#snapshots.findOne({ _id: reader }, { projection: { position: 1 } });
    if (!known) return insertedFirst(() => this.#snapshots.insertOne({ _id: reader, ...next }));
    if (comparePositions(next.position, known.position) < 0) return true;
    const { matchedCount } = await this.#snapshots.updateOne(
      { _id: reader, position: known.position },
      { $set: next },
    );
    return matchedCount === 1;
  }
}
