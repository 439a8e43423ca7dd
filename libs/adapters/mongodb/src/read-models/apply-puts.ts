import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import type { Put } from './puts.ts';
import { collectionOf, type Kind, type StoredDocuments, type Stepped } from './stored.ts';

/** What is found through others comes first, so that no reader finds less than he was told of. */
const STAGES: readonly (readonly Kind[])[] = [
  ['places', 'pages', 'hours'],
  ['audiences', 'mailings', 'rows'],
];
const MOST_AT_ONCE = 500;
const DUPLICATE_KEY = 11_000;

/** Where the documents of a step go. */
export interface Target {
  readonly db: Db;
  readonly generation: number;
  readonly step: number;
}

/**
 * Puts the documents of a step in their places, except where this step or a later one already did: as often as one likes,
 * from as many processes as one likes. Throws what the driver throws.
 */
export const applyPuts = async (target: Target, puts: readonly Put[]): Promise<void> => {
  for (const stage of STAGES)
    await Promise.all(
      stage.map((kind) =>
        applyTo(
          target,
          kind,
          puts.filter(({ to }) => to === kind),
        ),
      ),
    );
};

const applyTo = async (
  { db, generation, step }: Target,
  kind: Kind,
  puts: readonly Put[],
): Promise<void> => {
  // The fields fit the collection, because both are chosen by `to`.
  const collection = collectionOf(db, kind, generation) as unknown as Collection<Stepped>;
  for (let at = 0; at < puts.length; at += MOST_AT_ONCE) {
    const operations = puts.slice(at, at + MOST_AT_ONCE).map((put) => operationOf(put, step));
    await unlessApplied(() => collection.bulkWrite(operations, { ordered: false }));
  }
};

const operationOf = ({ _id, isNew, fields }: Put, step: number): AnyBulkWriteOperation<Stepped> => {
  const document: StoredDocuments[Kind] = { ...fields, _id, step } as StoredDocuments[Kind];
  if (isNew) return { insertOne: { document } };
  const filter = { _id, step: { $lt: step } };
  return { replaceOne: { filter, replacement: document, upsert: true } };
};

/** A duplicate key says that the document is there with this step or a later one. */
const unlessApplied = async (write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    if (!saysOnlyApplied(error)) throw error;
  }
};

interface BulkError {
  readonly writeErrors?: unknown;
  readonly result?: { readonly getWriteConcernError?: () => unknown };
}

/** Whether an error of a bulk write tells of nothing but documents that were in their places already. */
export const saysOnlyApplied = (error: unknown): boolean => {
  const { writeErrors, result } = (error ?? {}) as BulkError;
  const faults = (writeErrors === undefined ? [] : [writeErrors].flat()) as readonly {
    readonly code?: unknown;
  }[];
  return (
    faults.length > 0 &&
    faults.every(({ code }) => code === DUPLICATE_KEY) &&
    result?.getWriteConcernError?.() === undefined
  );
};
