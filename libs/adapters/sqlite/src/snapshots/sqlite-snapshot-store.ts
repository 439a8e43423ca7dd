import { comparePositions, SnapshotStore, type Position, type Snapshot } from '@crier/kernel';
import { openForWriting } from '../database.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS snapshots (
    reader TEXT PRIMARY KEY,
    position TEXT NOT NULL,
    state TEXT NOT NULL
  ) WITHOUT ROWID;`;

/**
 * Readers' places in one small file. Written without waiting for the disk: what a crash takes back is read, and its effect
 * repeated, once more, which every reader has to bear anyway.
 */
export class SqliteSnapshotStore extends SnapshotStore {
  readonly #db;
  readonly #load;
  readonly #save;

  constructor(path: string) {
    super();
    this.#db = openForWriting(path, SCHEMA);
    this.#db.exec('PRAGMA synchronous = NORMAL');
    this.#load = this.#db.prepare('SELECT position, state FROM snapshots WHERE reader = ?');
    this.#save = this.#db.prepare(
      `INSERT INTO snapshots (reader, position, state) VALUES (?, ?, ?)
       ON CONFLICT (reader) DO UPDATE SET position = excluded.position, state = excluded.state`,
    );
  }

  load(reader: string): Promise<Snapshot | undefined> {
    const row = this.#load.get(reader);
    return Promise.resolve(
      row
        ? { position: String(row['position']), state: JSON.parse(String(row['state'])) as unknown }
        : undefined,
    );
  }

  save(reader: string, position: Position, state: unknown): Promise<void> {
    const known = this.#load.get(reader);
    const isOlder =
      known !== undefined && comparePositions(position, String(known['position'])) < 0;
    if (!isOlder) this.#save.run(reader, position, JSON.stringify(state));
    return Promise.resolve();
  }

  close(): void {
    this.#db.close();
  }
}
