import { ReadModelWriter, type Generation, type GenerationTables } from '@crier/statistics';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, openReadModelsForWriting, reachably } from './read-model-database.ts';
import { dropSchema, generationSchema } from './read-model-schema.ts';
import { SqliteGenerationTables } from './sqlite-generation-tables.ts';

interface GenerationRow {
  readonly number: number;
  readonly version: number;
  readonly serving: number;
  readonly position: string | null;
  readonly recorded_at: string | null;
}

const generationOf = (row: GenerationRow): Generation => ({
  number: row.number,
  version: row.version,
  serving: row.serving === 1,
  position: row.position ?? undefined,
  recordedAt: row.recorded_at ?? undefined,
});

/** The catalogue as it stands. Throws what SQLite throws. */
export const readGenerations = (db: DatabaseSync): readonly Generation[] =>
  (
    db
      .prepare('SELECT * FROM generations ORDER BY serving DESC, number')
      .all() as unknown as readonly GenerationRow[]
  ).map(generationOf);

/** Writes read models into one SQLite file, each generation into tables of its own. */
export class SqliteReadModelWriter extends ReadModelWriter {
  readonly #db: DatabaseSync;

  /** For a connection that is shared: {@link open} is the usual door. */
  constructor(db: DatabaseSync) {
    super();
    this.#db = db;
  }

  /** Creates the file where there is none. @throws Unavailable */
  static open({ path }: { readonly path: string }): Promise<SqliteReadModelWriter> {
    return reachably(() => new SqliteReadModelWriter(openReadModelsForWriting(path)));
  }

  generations(): Promise<readonly Generation[]> {
    return reachably(() => readGenerations(this.#db));
  }

  begin(version: number): Promise<Generation> {
    return this.#change(() => {
      const serves = readGenerations(this.#db).some(({ serving }) => serving);
      const row = this.#db
        .prepare('INSERT INTO generations (version, serving) VALUES (?, ?) RETURNING *')
        .get(version, serves ? 0 : 1) as unknown as GenerationRow;
      this.#db.exec(generationSchema(row.number));
      return generationOf(row);
    });
  }

  promote(generation: number): Promise<void> {
    return this.#change(() => {
      const known = readGenerations(this.#db).some(({ number }) => number === generation);
      if (!known) return;
      this.#db.prepare('UPDATE generations SET serving = (number = ?)').run(generation);
      this.#dropOthers(generation);
    });
  }

  discard(generation: number): Promise<void> {
    return this.#change(() => {
      this.#drop(generation);
    });
  }

  tables(generation: number): GenerationTables {
    return new SqliteGenerationTables(this.#db, generation);
  }

  /** Lets go of the file. */
  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }

  #dropOthers(generation: number): void {
    for (const { number, serving } of readGenerations(this.#db))
      if (number !== generation && !serving) this.#drop(number);
  }

  #drop(generation: number): void {
    const { changes } = this.#db
      .prepare('DELETE FROM generations WHERE number = ? AND serving = 0')
      .run(generation);
    if (Number(changes) > 0) this.#db.exec(dropSchema(generation));
  }

  #change<Value>(work: () => Value): Promise<Value> {
    return reachably(() => inTransaction(this.#db, 'IMMEDIATE', work));
  }
}
