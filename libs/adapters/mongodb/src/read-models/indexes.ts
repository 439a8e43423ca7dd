import { SORTABLE } from '@crier/statistics';
import type { Db, IndexDescription } from 'mongodb';
import { collectionOf, type Kind } from './stored.ts';

/** What the table filters by lies in every sorting index, so that only rows that may be shown are fetched. */
const sortings = SORTABLE.map((key): IndexDescription => ({
  key: { [`by.${key}`]: 1, _id: 1, dayAt: 1, ...(key === 'status' ? {} : { 'by.status': 1 }) },
}));

/** Everything else is found by `_id`. */
const INDEXES: Readonly<Partial<Record<Kind, readonly IndexDescription[]>>> = {
  /** The table, sorted by any column. */
  rows: sortings,
  /** The timeline of one report. */
  hours: [{ key: { broadcast: 1, _id: 1 } }],
  /** Which broadcasts a person may be in, the newest first. */
  audiences: [{ key: { number: -1 } }],
  /** The one page of a lane in which a person can be. */
  places: [{ key: { of: 1, first: 1 } }],
};

/** Makes the indexes of a generation where they are missing. Throws what the driver throws. */
export const ensureIndexes = async (db: Db, generation: number): Promise<void> => {
  const kinds = Object.keys(INDEXES) as Kind[];
  await Promise.all(
    kinds.map((kind) =>
      collectionOf(db, kind, generation).createIndexes([...(INDEXES[kind] ?? [])]),
    ),
  );
};
