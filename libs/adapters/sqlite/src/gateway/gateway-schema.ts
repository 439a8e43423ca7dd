import type { DatabaseSync } from 'node:sqlite';
import { openForWriting } from '../database.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS command (
  id TEXT PRIMARY KEY,
  token_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  outcome TEXT,
  answer TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS command_asked_at ON command (asked_at);`;

/** The gateway's own file: tokens, and what became of commands. */
export const openGateway = (path: string): DatabaseSync => openForWriting(path, SCHEMA);
