/**
 * One row a message. `tabled` marks the messages of table topics: of those only the newest of a key stays, and the
 * index finds it. `heads` outlives deleted messages, so that an offset is never given twice.
 */
export const MESSAGE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS settings (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS heads (
    topic INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (topic, partition)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    topic INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    position INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    tabled INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (topic, partition, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS newest_of_key ON messages (topic, key) WHERE tabled = 1;
  CREATE TABLE IF NOT EXISTS commits (
    consumer TEXT NOT NULL,
    topic INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
  ) STRICT, WITHOUT ROWID;
`;
