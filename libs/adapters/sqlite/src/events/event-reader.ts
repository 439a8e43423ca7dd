import type { Position, Revision, StoredEvent, SubscriptionBatch } from '@crier/kernel';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { eventOf, SELECT_EVENTS, type EventRow } from './event-row.ts';

/** The position before the first event. */
export const BEGINNING: Position = '0';

const MAX_BATCH_BYTES = 4_000_000;
/** One look passes over at most so many events, so that a rare match never holds up the thread for long. */
const MAX_SCANNED = 10_000;
/** No character sorts behind it: the end of the range of names that begin with a prefix. */
const LAST_CHARACTER = '\u{10FFFF}';

/** A filtered walk through the total order. */
export type Scan = (after: Position, max: number) => SubscriptionBatch;

/** All reading of the events, over one connection. Throws what SQLite throws. */
export class EventReader {
  readonly #db: DatabaseSync;
  readonly #stream: StatementSync;
  readonly #last: StatementSync;
  readonly #head: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    const ofStream = 'e.stream = (SELECT id FROM streams WHERE name = ?)';
    this.#stream = rows(
      db,
      `${SELECT_EVENTS} WHERE ${ofStream} AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
    );
    this.#last = rows(db, `${SELECT_EVENTS} WHERE ${ofStream} ORDER BY e.revision DESC LIMIT 1`);
    this.#head = db.prepare('SELECT max(position) AS position FROM events');
  }

  read(stream: string, from: Revision, max: number): readonly StoredEvent[] {
    return (this.#stream.all(stream, from, max) as unknown as EventRow[]).map(eventOf);
  }

  last(stream: string): StoredEvent | undefined {
    const row = this.#last.get(stream) as unknown as EventRow | undefined;
    return row && eventOf(row);
  }

  head(): Position | undefined {
    const { position } = this.#head.get() as { readonly position: number | null };
    return position === null ? undefined : String(position);
  }

  scan(prefixes: readonly string[], types: readonly string[] | undefined): Scan {
    const ofPrefix = prefixes.map(() => '(s.name >= ? AND s.name < ?)').join(' OR ') || 'FALSE';
    const ofType = types ? `k.type IN (${types.map(() => '?').join()})` : 'TRUE';
    const statement = rows(
      this.#db,
      `${SELECT_EVENTS} WHERE e.position > ? AND e.position <= ? AND (${ofPrefix}) AND ${ofType}
       ORDER BY e.position LIMIT ?`,
    );
    const filter = [
      ...prefixes.flatMap((prefix) => [prefix, prefix + LAST_CHARACTER]),
      ...(types ?? []),
    ];
    return (after, max) => {
      const head = Number(this.head() ?? BEGINNING);
      const end = Math.min(head, Number(after) + MAX_SCANNED);
      const found = statement.iterate(Number(after), end, ...filter, max);
      const { events, cut } = taken(found as unknown as Iterable<EventRow>, max);
      const reached = cut ? Number(events.at(-1)?.position) : Math.max(end, Number(after));
      return { events, position: String(reached), caughtUp: reached >= head };
    };
  }
}

const rows = (db: DatabaseSync, sql: string): StatementSync => {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};

const taken = (found: Iterable<EventRow>, max: number) => {
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (const row of found) {
    events.push(eventOf(row));
    bytes += row[10].length;
    if (bytes >= MAX_BATCH_BYTES || events.length >= max) return { events, cut: true };
  }
  return { events, cut: false };
};
