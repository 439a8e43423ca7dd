import { DatabaseSync } from 'node:sqlite';
import type { Span } from '../cluster/usage.ts';

/** How many events of each type the stand-in's file got within a span. */
export const eventsWithin = (file: string, { from, until }: Span): ReadonlyMap<string, number> => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = db
      .prepare(
        'SELECT type, count(*) AS events FROM events WHERE created >= ? AND created < ? GROUP BY type',
      )
      .all(Math.floor(from), Math.floor(until));
    return new Map(rows.map(({ type, events }) => [String(type), Number(events)]));
  } finally {
    db.close();
  }
};
