import { NO_STREAM, type Revision } from '@crier/kernel';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openForWriting } from '../database.ts';
import { packId, unpackId, type PackedId } from '../packed-id.ts';
import { groupCommit } from '../writing/group-commit.ts';
import type { Answer, Ledger } from '../writing/writer.ts';
import type { AppendRequest, AppendResult, WrittenEvent } from './append-request.ts';
import type { CommitChannel } from './commit-channel.ts';
import { packInstant } from './event-row.ts';
import { EVENT_SCHEMA } from './event-schema.ts';

interface Numbered {
  readonly id: number;
}

const prepare = (db: DatabaseSync) => ({
  stream: db.prepare('SELECT id FROM streams WHERE name = ?'),
  newStream: db.prepare('INSERT INTO streams (name) VALUES (?) RETURNING id'),
  kind: db.prepare('SELECT id FROM kinds WHERE type = ? AND schema_version = ? AND actor = ?'),
  newKind: db.prepare(
    'INSERT INTO kinds (type, schema_version, actor) VALUES (?, ?, ?) RETURNING id',
  ),
  head: db.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
  after: db.prepare(
    'SELECT position, id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
  ),
  insert: db.prepare(
    `INSERT INTO events (stream, revision, kind, id, correlation, causation, recorded_at, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  traced: db.prepare('INSERT INTO traces (position, trace) VALUES (?, ?)'),
});

/** The only writer of the events: many appends a commit, each judged by itself. */
export class EventLedger implements Ledger<AppendRequest, AppendResult> {
  readonly db: DatabaseSync;
  readonly #channel: CommitChannel;
  readonly #sql: ReturnType<typeof prepare>;

  private constructor(db: DatabaseSync, channel: CommitChannel) {
    this.db = db;
    this.#channel = channel;
    this.#sql = prepare(db);
  }

  static open(path: string, channel: CommitChannel): EventLedger {
    return new EventLedger(openForWriting(path, EVENT_SCHEMA), channel);
  }

  commit(requests: readonly AppendRequest[]): readonly Answer<AppendResult>[] {
    const answers = groupCommit(this.db, requests, (request) => this.#append(request));
    this.#channel.announce();
    return answers;
  }

  close(): void {
    this.#channel.close();
    this.db.close();
  }

  #append(request: AppendRequest): AppendResult {
    const known = this.#sql.stream.get(request.stream) as Numbered | undefined;
    const head = known ? this.#headOf(known.id) : NO_STREAM;
    if (request.expected > head) return { appended: false, head };
    if (known && request.expected < head) return this.#repeated(known.id, head, request);

    const stream = known?.id ?? numberOf(this.#sql.newStream, request.stream);
    let position = 0;
    request.events.forEach((event, index) => {
      position = this.#insert(stream, head + 1 + index, event);
    });
    const revision = head + request.events.length;
    return { appended: true, revision, position: String(position) };
  }

  #headOf(stream: number): Revision {
    const row = this.#sql.head.get(stream) as { readonly revision: number | null };
    return row.revision ?? NO_STREAM;
  }

  /** Behind the head only the very same events are welcome: they are there already. */
  #repeated(stream: number, head: Revision, { expected, events }: AppendRequest): AppendResult {
    const rows = this.#sql.after.all(stream, expected, events.length) as unknown as readonly {
      readonly position: number;
      readonly id: PackedId;
    }[];
    const same = events.every(({ id }, index) => {
      const row = rows[index];
      return row !== undefined && unpackId(row.id) === id;
    });
    const last = rows.at(-1);
    if (!same || !last) return { appended: false, head };
    return { appended: true, revision: expected + events.length, position: String(last.position) };
  }

  #insert(stream: number, revision: Revision, event: WrittenEvent): number {
    const { correlationId, causationId, recordedAt, trace } = event.metadata;
    const { lastInsertRowid } = this.#sql.insert.run(
      stream,
      revision,
      this.#kindOf(event),
      packId(event.id),
      packId(correlationId),
      causationId === correlationId ? null : packId(causationId),
      packInstant(recordedAt),
      event.data,
    );
    const position = Number(lastInsertRowid);
    if (trace !== undefined) this.#sql.traced.run(position, trace);
    return position;
  }

  #kindOf({ type, metadata: { schemaVersion, actor } }: WrittenEvent): number {
    const known = this.#sql.kind.get(type, schemaVersion, actor) as Numbered | undefined;
    return known?.id ?? numberOf(this.#sql.newKind, type, schemaVersion, actor);
  }
}

const numberOf = (statement: StatementSync, ...values: (string | number)[]): number =>
  (statement.get(...values) as unknown as Numbered).id;
