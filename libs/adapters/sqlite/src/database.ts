import { DatabaseSync } from 'node:sqlite';

/** The path of a database that lives and dies with its connection. */
export const IN_MEMORY = ':memory:';

const BUSY_TIMEOUT_MS = 5_000;
const WRITER_CACHE_KB = 4_000;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

/** A connection that writes. Every commit is on the disk before it returns (WAL, one fsync). */
export const openForWriting = (path: string, schema: string): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  db.exec(`PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -${WRITER_CACHE_KB};
    PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`);
  db.exec(schema);
  return db;
};

/** A connection that only reads; it sees every commit whose answer was given, and never waits for a writer. */
export const openForReading = (path: string): DatabaseSync =>
  new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
