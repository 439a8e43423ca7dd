import { DatabaseSync } from 'node:sqlite';

/**
 * `contact` and `connection` are the truth. `segment` and `facet` are the index over them: see
 * docs/decisions/0003-contact-index.md. `stale` names the contacts whose part of the index is out of date.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS contact (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    external_id TEXT UNIQUE,
    doc TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS connection (
    bot_id TEXT NOT NULL,
    address TEXT NOT NULL,
    no INTEGER NOT NULL,
    PRIMARY KEY (bot_id, address)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS segment (
    no INTEGER PRIMARY KEY,
    low TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    ids BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS facet (
    segment INTEGER NOT NULL,
    name TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (segment, name)
  );
  CREATE TABLE IF NOT EXISTS stale (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS import (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    doc TEXT NOT NULL
  ) WITHOUT ROWID;
`;

// Columns are blobs of some ten kilobytes, rows a third of one: between the pages that suit either.
const PAGE_BYTES = 8_192;
const CACHE_KB = 4_000;
const CHECKPOINT_PAGES = 1_000;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Opens (and creates) a contact file for reading and writing; every commit is on the disk before it returns. It never waits
 * for another writer: callers try again without blocking their thread. `checkpoints`: whether this connection now and then
 * moves the write-ahead log into the file, which holds up its thread.
 */
export const openContacts = (
  path: string,
  { checkpoints }: { readonly checkpoints: boolean },
): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: 0 });
  db.exec(`PRAGMA busy_timeout = 10000;
    PRAGMA page_size = ${PAGE_BYTES};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -${CACHE_KB};
    PRAGMA wal_autocheckpoint = ${checkpoints ? CHECKPOINT_PAGES : 0};
    PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`);
  db.exec(SCHEMA);
  db.exec(`PRAGMA busy_timeout = 0;
    INSERT OR IGNORE INTO segment (no, low, size, ids) VALUES (1, '', 0, x'');`);
  return db;
};
