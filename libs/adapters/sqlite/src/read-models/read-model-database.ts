import { Unavailable } from '@crier/kernel';
import { DatabaseSync } from 'node:sqlite';
import { IN_MEMORY, openForReading } from '../database.ts';
import { CATALOGUE_SCHEMA } from './read-model-schema.ts';

const BUSY_TIMEOUT_MS = 5_000;
const CACHE_KB = 8_000;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
const SQLITE = 'ERR_SQLITE_ERROR';
const CLOSED = 'ERR_INVALID_STATE';

/**
 * A connection that writes read models. After a power cut the newest commits may be missing, never a part of one
 * (`synchronous = NORMAL` under WAL): position and documents fall back together and are folded again, so an fsync for each
 * commit would buy nothing.
 */
export const openReadModelsForWriting = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  db.exec(`PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -${CACHE_KB};
    PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`);
  db.exec(CATALOGUE_SCHEMA);
  return db;
};

/** A connection that reads them; in memory there is only the writer's own. */
export const openReadModelsForReading = (path: string): DatabaseSync => {
  if (path === IN_MEMORY) throw new RangeError('Read models in memory are opened together');
  return openForReading(path);
};

/** What SQLite throws becomes Unavailable; everything else stays what it is. */
// eslint-disable-next-line @typescript-eslint/require-await -- errors must reject, not throw
export const reachably = async <Value>(work: () => Value): Promise<Value> => {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
};

const translated = (error: unknown): unknown => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return code === SQLITE || code === CLOSED
    ? new Unavailable('The read models cannot be reached', {}, error)
    : error;
};

/** All of `work` in one transaction: on one state of the file, or in one commit. */
export const inTransaction = <Value>(
  db: DatabaseSync,
  kind: 'DEFERRED' | 'IMMEDIATE',
  work: () => Value,
): Value => {
  db.exec(`BEGIN ${kind}`);
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};
