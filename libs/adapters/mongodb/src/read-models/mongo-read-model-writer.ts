import { ReadModelWriter, type Generation, type GenerationTables } from '@crier/statistics';
import type { Db } from 'mongodb';
import { reachably } from '../connection.ts';
import {
  generationsOf,
  nextNumber,
  readGenerations,
  readServing,
  serve,
  serveFirst,
} from './catalogue.ts';
import { HeardPositions } from './heard-positions.ts';
import { ensureIndexes } from './indexes.ts';
import { MongoGenerationTables } from './mongo-generation-tables.ts';
import { RedoLog } from './redo-log.ts';
import { generationOfName } from './stored.ts';

/**
 * Writes read models into one MongoDB database, each generation into collections of its own. Any number of writers may be
 * alive: a step is taken by one of them.
 */
export class MongoReadModelWriter extends ReadModelWriter {
  readonly #db: Db;
  readonly #heard = new HeardPositions();

  constructor(db: Db) {
    super();
    this.#db = db;
  }

  generations(): Promise<readonly Generation[]> {
    return reachably(async () => {
      const all = await readGenerations(this.#db);
      for (const { number, position } of all) this.#heard.note(number, position ?? null);
      return all;
    });
  }

  begin(version: number): Promise<Generation> {
    return reachably(async () => {
      const number = await nextNumber(this.#db);
      await generationsOf(this.#db).insertOne({
        _id: number,
        version,
        position: null,
        recordedAt: null,
        step: 0,
        applied: 0,
        redo: null,
        broadcasts: 0,
      });
      await ensureIndexes(this.#db, number);
      const serving = await serveFirst(this.#db, number);
      this.#heard.note(number, null);
      return { number, version, serving, position: undefined, recordedAt: undefined };
    });
  }

  promote(generation: number): Promise<void> {
    return reachably(async () => {
      const all = await readGenerations(this.#db);
      if (!all.some(({ number }) => number === generation)) return;
      await serve(this.#db, generation);
      await generationsOf(this.#db).deleteMany({ _id: { $ne: generation } });
      await this.#sweep();
    });
  }

  discard(generation: number): Promise<void> {
    return reachably(async () => {
      if ((await readServing(this.#db)) === generation) return;
      this.#heard.forget(generation);
      await generationsOf(this.#db).deleteOne({ _id: generation });
      await this.#sweep();
    });
  }

  tables(generation: number): GenerationTables {
    return new MongoGenerationTables(this.#db, generation, this.#heard);
  }

  /** Drops what belongs to no generation any more, whoever left it behind. */
  async #sweep(): Promise<void> {
    // Collections first: one that is there now had its generation noted before.
    const collections = await this.#db.listCollections({}, { nameOnly: true }).toArray();
    const kept = new Set(
      (
        await generationsOf(this.#db)
          .find({}, { projection: { _id: 1 } })
          .toArray()
      ).map(({ _id }) => _id),
    );
    for (const { name } of collections) {
      const generation = generationOfName(name);
      if (generation === undefined || kept.has(generation)) continue;
      await this.#db.dropCollection(name);
      await new RedoLog(this.#db).tidy(generation, Number.MAX_SAFE_INTEGER);
    }
  }
}
