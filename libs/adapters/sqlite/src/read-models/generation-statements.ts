import type { DatabaseSync } from 'node:sqlite';
import { SORT_COLUMNS, tableOf } from './read-model-schema.ts';

const marks = (count: number): string => new Array<string>(count).fill('?').join();
const ROW_COLUMNS = ['id', ...Object.values(SORT_COLUMNS), 'day_at', 'channels', 'document'];

/** Everything that the writer of one generation says to SQLite. */
export const generationStatements = (db: DatabaseSync, generation: number) => {
  const rows = tableOf('rows', generation);
  const mailings = tableOf('mailings', generation);
  const hours = tableOf('hours', generation);
  const broadcasts = tableOf('broadcasts', generation);
  const lanes = tableOf('lanes', generation);
  const places = tableOf('places', generation);
  const pages = tableOf('pages', generation);
  return {
    advance: db.prepare(
      `UPDATE generations SET position = ?, recorded_at = ? WHERE number = ${generation} AND position IS ?`,
    ),
    mailing: db.prepare(`SELECT document FROM ${mailings} WHERE id = ?`),
    putMailing: db.prepare(`INSERT OR REPLACE INTO ${mailings} (id, document) VALUES (?, ?)`),
    putRow: db.prepare(
      `INSERT OR REPLACE INTO ${rows} (${ROW_COLUMNS.join()}) VALUES (${marks(ROW_COLUMNS.length)})`,
    ),
    removeRow: db.prepare(`DELETE FROM ${rows} WHERE id = ?`),
    hour: db.prepare(`SELECT minutes FROM ${hours} WHERE broadcast = ? AND hour = ?`),
    putHour: db.prepare(
      `INSERT OR REPLACE INTO ${hours} (broadcast, hour, minutes) VALUES (?, ?, ?)`,
    ),
    broadcast: db.prepare(`SELECT number FROM ${broadcasts} WHERE id = ?`),
    addBroadcast: db.prepare(`INSERT INTO ${broadcasts} (id) VALUES (?) RETURNING number`),
    addLane: db.prepare(`INSERT INTO ${lanes} (broadcast, lane, bot, channel) VALUES (?, ?, ?, ?)`),
    lane: db.prepare(
      `SELECT start, size FROM ${places} WHERE broadcast = ? AND lane = ? ORDER BY start`,
    ),
    addPlaces: db.prepare(
      `INSERT INTO ${places} (broadcast, lane, start, size, first, last, contacts)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    place: db.prepare(`SELECT no FROM ${places} WHERE broadcast = ? AND lane = ? AND start = ?`),
    page: db.prepare(
      `SELECT l.start, l.size, p.dictionary, p.data FROM ${places} l JOIN ${pages} p ON p.no = l.no
       WHERE l.broadcast = ? AND l.lane = ? AND l.start = ?`,
    ),
    putPage: db.prepare(
      `INSERT OR REPLACE INTO ${pages} (no, waiting, sent, failed, skipped, unconfirmed, dictionary, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
};

export type GenerationStatements = ReturnType<typeof generationStatements>;
