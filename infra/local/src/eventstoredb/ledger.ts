import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An event as it was proposed: bytes are kept as they came. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Stored extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Where an append wants to stand. */
export type Expected =
  | { readonly kind: 'any' }
  | { readonly kind: 'no_stream' }
  | { readonly kind: 'stream_exists' }
  | { readonly kind: 'revision'; readonly revision: number };

export type Appended =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong_version'; readonly current: number | undefined }
  | { readonly kind: 'deleted' };

interface Head {
  readonly no: number;
  readonly revision: number;
  /** Revisions before this one are hidden. */
  readonly truncated: number;
  readonly tombstoned: number;
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS streams (
    no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL DEFAULT -1, truncated INTEGER NOT NULL DEFAULT 0, tombstoned INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, content_type TEXT NOT NULL,
    data BLOB NOT NULL, metadata BLOB NOT NULL, created INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS events_by_revision ON events (stream, revision);`;

const COLUMNS = `events.position, events.revision, events.id, events.type, events.content_type AS contentType, events.data,
  events.metadata, events.created AS createdAt, streams.name AS stream`;
const FROM = 'FROM events JOIN streams ON streams.no = events.stream';

const isSame = (stored: readonly { id: string }[], proposed: readonly Proposed[]): boolean =>
  stored.length === proposed.length && stored.every(({ id }, i) => id === proposed[i]?.id);

/** Streams of events in one SQLite file, with EventStoreDB's rules for appends and deletes. */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #sql: Readonly<
    Record<'head' | 'start' | 'insert' | 'advance' | 'range' | 'ids' | 'remembered', StatementSync>
  >;
  readonly #reads: Readonly<
    Record<'forwards' | 'backwards' | 'allForwards' | 'allBackwards', StatementSync>
  >;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(SCHEMA);
    const prepare = (sql: string): StatementSync => this.#db.prepare(sql);
    this.#sql = {
      head: prepare('SELECT no, revision, truncated, tombstoned FROM streams WHERE name = ?'),
      start: prepare(
        'INSERT INTO streams (name) VALUES (?) RETURNING no, revision, truncated, tombstoned',
      ),
      insert: prepare(
        'INSERT INTO events (stream, revision, id, type, content_type, data, metadata, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      advance: prepare(
        'UPDATE streams SET revision = ?, truncated = ?, tombstoned = ? WHERE no = ?',
      ),
      range: prepare(
        'SELECT position, id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
      ),
      ids: prepare(
        'SELECT position, id, revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1000',
      ),
      remembered: prepare('SELECT max(position) AS position FROM events'),
    };
    this.#reads = {
      forwards: prepare(
        `SELECT ${COLUMNS} ${FROM} WHERE stream = ? AND events.revision >= ? ORDER BY events.revision LIMIT ?`,
      ),
      backwards: prepare(
        `SELECT ${COLUMNS} ${FROM} WHERE stream = ? AND events.revision <= ? AND events.revision >= ? ORDER BY events.revision DESC LIMIT ?`,
      ),
      allForwards: prepare(
        `SELECT ${COLUMNS} ${FROM} WHERE position >= ? ORDER BY position LIMIT ?`,
      ),
      allBackwards: prepare(
        `SELECT ${COLUMNS} ${FROM} WHERE position <= ? ORDER BY position DESC LIMIT ?`,
      ),
    };
  }

  /** Runs many appends under one transaction, so that one flush of the disk serves all. */
  together<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * One atomic append. A repeat at the same place (the same ids behind a concrete revision) writes nothing and gets the first
   * answer; with `any` and `stream_exists` only the newest events are looked through, as the real server's cache is bounded.
   */
  append(stream: string, expected: Expected, events: readonly Proposed[], now: number): Appended {
    const head = this.#head(stream);
    if (head?.tombstoned) return { kind: 'deleted' };
    const repeat = head && this.#repeat(head, expected, events);
    if (repeat) return { kind: 'appended', ...repeat };
    if (!this.#stands(head, expected))
      return { kind: 'wrong_version', current: this.#visible(head)?.revision };
    const at = head ?? (this.#sql.start.get(stream) as unknown as Head);
    let { revision } = at;
    let position = 0;
    for (const { id, type, contentType, data, metadata } of events) {
      revision += 1;
      const { lastInsertRowid } = this.#sql.insert.run(
        at.no,
        revision,
        id,
        type,
        contentType,
        data,
        metadata,
        now,
      );
      position = Number(lastInsertRowid);
    }
    this.#sql.advance.run(revision, at.truncated, 0, at.no);
    return { kind: 'appended', revision, position };
  }

  /** Hides everything so far; the stream can be appended to again, and revisions go on. False at another place. */
  delete(stream: string, expected: Expected, forever: boolean): Appended {
    const head = this.#head(stream);
    if (head?.tombstoned) return { kind: 'deleted' };
    if (!this.#stands(head, expected))
      return { kind: 'wrong_version', current: this.#visible(head)?.revision };
    const at = head ?? (this.#sql.start.get(stream) as unknown as Head);
    this.#sql.advance.run(at.revision, at.revision + 1, forever ? 1 : 0, at.no);
    return { kind: 'appended', revision: at.revision, position: this.newest() };
  }

  /** undefined: there is no such stream, or nothing of it is visible. */
  read(
    stream: string,
    from: number,
    backwards: boolean,
    limit: number,
  ): readonly Stored[] | 'deleted' | undefined {
    const head = this.#head(stream);
    if (head?.tombstoned) return 'deleted';
    if (!this.#visible(head)) return undefined;
    const { no, truncated } = head as Head;
    const rows = backwards
      ? this.#reads.backwards.all(no, from, truncated, limit)
      : this.#reads.forwards.all(no, Math.max(from, truncated), limit);
    return rows as unknown as readonly Stored[];
  }

  /** The whole order from a position on, that one included. */
  readAll(from: number, backwards: boolean, limit: number): readonly Stored[] {
    const rows = this.#reads[backwards ? 'allBackwards' : 'allForwards'].all(from, limit);
    return rows as unknown as readonly Stored[];
  }

  /** 0 while nothing is stored. */
  newest(): number {
    return Number(this.#sql.remembered.get()?.['position'] ?? 0);
  }

  close(): void {
    this.#db.close();
  }

  #head(stream: string): Head | undefined {
    return this.#sql.head.get(stream) as unknown as Head | undefined;
  }

  #visible(head: Head | undefined): Head | undefined {
    return head && head.revision >= head.truncated ? head : undefined;
  }

  #stands(head: Head | undefined, expected: Expected): boolean {
    const visible = this.#visible(head);
    if (expected.kind === 'any') return true;
    if (expected.kind === 'no_stream') return visible === undefined;
    if (expected.kind === 'stream_exists') return visible !== undefined;
    return head?.revision === expected.revision;
  }

  #repeat(
    head: Head,
    expected: Expected,
    events: readonly Proposed[],
  ): { readonly revision: number; readonly position: number } | undefined {
    if (expected.kind === 'any' || expected.kind === 'stream_exists')
      return this.#repeatOfNewest(head, events);
    const after = expected.kind === 'revision' ? expected.revision : head.truncated - 1;
    if (after >= head.revision) return undefined;
    const there = this.#sql.range.all(head.no, after, events.length) as unknown as readonly {
      id: string;
      position: number;
    }[];
    return isSame(there, events)
      ? { revision: after + events.length, position: there.at(-1)?.position ?? 0 }
      : undefined;
  }

  #repeatOfNewest(
    head: Head,
    events: readonly Proposed[],
  ): { revision: number; position: number } | undefined {
    const newest = this.#sql.ids.all(head.no) as unknown as readonly {
      id: string;
      revision: number;
      position: number;
    }[];
    const last = newest.find(({ id }) => id === events.at(-1)?.id);
    return last && { revision: last.revision, position: last.position };
  }
}
