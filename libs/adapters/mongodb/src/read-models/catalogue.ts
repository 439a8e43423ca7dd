import type { Generation } from '@crier/statistics';
import type { Collection, Db } from 'mongodb';
import { TRUTH } from '../connection.ts';

/** One generation: how far it has come, decided by compare-and-set. */
export interface StoredGeneration {
  /** Its number. */
  readonly _id: number;
  readonly version: number;
  readonly position: string | null;
  readonly recordedAt: string | null;
  /** Steps decided. */
  readonly step: number;
  /** Steps whose documents are all in place: `step`, or one less. */
  readonly applied: number;
  /** The record of the newest step. */
  readonly redo: { readonly id: string; readonly chunks: number } | null;
  /** Broadcasts that were planned so far. */
  readonly broadcasts: number;
}

/** The one document that says which generation serves. */
interface StoredCatalogue {
  readonly _id: 'catalogue';
  /** The highest number ever given. */
  readonly last: number;
  readonly serving?: number;
}

const CATALOGUE = 'catalogue';
const OPTIONS = { writeConcern: TRUTH, readPreference: 'primary' } as const;

export const generationsOf = (db: Db): Collection<StoredGeneration> =>
  db.collection<StoredGeneration>('generations', OPTIONS);

const catalogueOf = (db: Db): Collection<StoredCatalogue> =>
  db.collection<StoredCatalogue>('read_models', OPTIONS);

/** The number of the generation that serves; undefined where none does. Throws what the driver throws. */
export const readServing = async (db: Db): Promise<number | undefined> =>
  (await catalogueOf(db).findOne({ _id: CATALOGUE }))?.serving;

/** A number that no generation ever had. */
export const nextNumber = async (db: Db): Promise<number> => {
  const catalogue = await catalogueOf(db).findOneAndUpdate(
    { _id: CATALOGUE },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  return catalogue?.last ?? 1;
};

/** Lets a generation serve where none does. False where one did. */
export const serveFirst = async (db: Db, number: number): Promise<boolean> => {
  const { matchedCount } = await catalogueOf(db).updateOne(
    { _id: CATALOGUE, serving: { $exists: false } },
    { $set: { serving: number } },
  );
  return matchedCount === 1;
};

/** From here on this one serves, for every reader at once. */
export const serve = async (db: Db, number: number): Promise<void> => {
  await catalogueOf(db).updateOne({ _id: CATALOGUE }, { $set: { serving: number } });
};

/**
 * The generations as they stand, the one that serves first. What is older than that is replaced and only waits to be
 * dropped. Throws what the driver throws.
 */
export const readGenerations = async (db: Db): Promise<readonly Generation[]> => {
  const stored = await generationsOf(db)
    .find({}, { projection: { redo: 0 } })
    .sort({ _id: 1 })
    .toArray();
  // Afterwards, so that one that was promoted in between is among them.
  const serving = await readServing(db);
  return stored
    .filter(({ _id }) => _id >= (serving ?? 0))
    .map((one) => generationOf(one, serving))
    .sort((a, b) => Number(b.serving) - Number(a.serving) || a.number - b.number);
};

const generationOf = (
  stored: Omit<StoredGeneration, 'redo'>,
  serving: number | undefined,
): Generation => ({
  number: stored._id,
  version: stored.version,
  serving: stored._id === serving,
  position: stored.position ?? undefined,
  recordedAt: stored.recordedAt ?? undefined,
});
