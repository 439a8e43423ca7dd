/**
 * What repeats is said once: stream names, and the three texts that come together (type, version, actor). Traces lie
 * beside the events, which pay nothing for having none.
 * Nothing is ever deleted, so the row ids rise with the commits and serve as positions.
 */
export const EVENT_SCHEMA = `
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS kinds (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    actor TEXT NOT NULL,
    UNIQUE (type, schema_version, actor)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id ANY NOT NULL,
    correlation ANY NOT NULL,
    causation ANY,
    recorded_at ANY NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS events_by_stream ON events (stream, revision);
  CREATE TABLE IF NOT EXISTS traces (
    position INTEGER PRIMARY KEY,
    trace TEXT NOT NULL
  ) STRICT;
`;
