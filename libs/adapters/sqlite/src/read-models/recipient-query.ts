import {
  contactAt,
  cursorOf,
  keyOf,
  type PackedContacts,
  type Page,
  type RecipientPage,
  type RecipientQuery,
  recipientRow,
  type RecipientRow,
  slotOf,
  unpackPage,
} from '@crier/statistics';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { tableOf } from './read-model-schema.ts';

interface LaneRow {
  readonly id: string;
  readonly broadcast: number;
  readonly lane: number;
  readonly bot: string;
  readonly channel: string;
}
interface PageRow extends LaneRow {
  readonly start: number;
  readonly size: number;
  readonly contacts: PackedContacts;
  readonly dictionary: string;
  readonly data: Uint8Array;
}

const recipient = (row: PageRow, page: RecipientPage, index: number): RecipientRow =>
  recipientRow(
    { broadcastId: row.id, lane: row.lane, botId: row.bot, channel: row.channel },
    page,
    { index, contactId: contactAt(row.contacts, index - row.start) },
  );

const conditionsOf = ({
  lane,
  outcome,
  reason,
}: RecipientQuery): readonly {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}[] => [
  ...(lane === undefined ? [] : [{ sql: 'p.lane = ?', values: [lane] }]),
  ...(outcome === undefined ? [] : [{ sql: `g.${outcome} > 0`, values: [] }]),
  ...(reason === undefined
    ? []
    : [{ sql: 'instr(g.dictionary, ?) > 0', values: [JSON.stringify(reason)] }]),
];

const pageTables = (generation: number): string =>
  `${tableOf('places', generation)} p JOIN ${tableOf('pages', generation)} g ON g.no = p.no`;

interface PagesAsked {
  readonly broadcastId: string;
  readonly query: RecipientQuery;
  readonly lane: number;
  readonly start: number;
}

const pagesFrom = (
  db: DatabaseSync,
  generation: number,
  { broadcastId, query, lane, start }: PagesAsked,
): Iterable<PageRow> => {
  const conditions = conditionsOf(query);
  const sql = `
    SELECT b.id, p.broadcast, p.lane, l.bot, l.channel, p.start, p.size, p.contacts, g.dictionary, g.data
    FROM ${tableOf('broadcasts', generation)} b
    CROSS JOIN ${pageTables(generation)}
    JOIN ${tableOf('lanes', generation)} l ON l.broadcast = p.broadcast AND l.lane = p.lane
    WHERE b.id = ? AND p.broadcast = b.number AND (p.lane, p.start) >= (?, ?)
    ${conditions.map((condition) => `AND ${condition.sql}`).join(' ')} ORDER BY p.lane, p.start`;
  const values = conditions.flatMap((condition) => condition.values);
  const rows = db.prepare(sql).iterate(broadcastId, lane, start, ...values);
  return rows as unknown as Iterable<PageRow>;
};

/** The recipients of one broadcast in order of lane and index; pages without a match are passed over. @throws BadCursor */
export const listRecipients = (
  db: DatabaseSync,
  generation: number,
  { broadcastId, query }: { readonly broadcastId: string; readonly query: RecipientQuery },
): Page<RecipientRow> => {
  const { limit, after, ...filter } = query;
  const question = { broadcastId, ...filter };
  const [lane = 0, start = 0, index = -1] = (
    after === undefined ? [] : keyOf(question, after, ['number', 'number', 'number'])
  ).map(Number);
  const rows = pagesFrom(db, generation, { broadcastId, query, lane, start });
  const items: RecipientRow[] = [];
  let last: readonly [number, number, number] | undefined;
  for (const row of rows) {
    const page = unpackPage(row.start, row.size, row);
    const first = row.lane === lane ? Math.max(row.start, index + 1) : row.start;
    for (let next = first; next < row.start + row.size; next += 1) {
      if (!matches(page, next, query)) continue;
      if (items.length === limit && last) return { items, next: cursorOf(question, last) };
      items.push(recipient(row, page, next));
      last = [row.lane, row.start, next];
    }
  }
  return { items };
};

const matches = (page: RecipientPage, index: number, query: RecipientQuery): boolean => {
  if (query.outcome === undefined && query.reason === undefined) return true;
  const { outcome, reason } = page.place(index);
  return (
    (query.outcome ?? outcome) === outcome &&
    (query.reason === undefined || query.reason === reason)
  );
};

/** What one person got: one look into each lane, the newest broadcast first. @throws BadCursor */
export const listDeliveries = (
  db: DatabaseSync,
  generation: number,
  { contactId, limit, after }: { contactId: string; limit: number; after?: string },
): Page<RecipientRow> => {
  const most = Number.MAX_SAFE_INTEGER;
  const [broadcast = most, lane = most] =
    after === undefined ? [] : keyOf({ contactId }, after, ['number', 'number']);
  const lanes = db.prepare(`
    SELECT b.id, l.broadcast, l.lane, l.bot, l.channel
    FROM ${tableOf('lanes', generation)} l CROSS JOIN ${tableOf('broadcasts', generation)} b ON b.number = l.broadcast
    WHERE (l.broadcast, l.lane) < (?, ?) ORDER BY l.broadcast DESC, l.lane DESC`);
  const place = db.prepare(`
    SELECT no, start, size, contacts FROM ${tableOf('places', generation)}
    WHERE broadcast = ? AND lane = ? AND first <= ? ORDER BY first DESC LIMIT 1`);
  const page = db.prepare(
    `SELECT dictionary, data FROM ${tableOf('pages', generation)} WHERE no = ?`,
  );
  const items: RecipientRow[] = [];
  let last: readonly [number, number] | undefined;
  for (const row of lanes.iterate(broadcast, lane) as unknown as Iterable<LaneRow>) {
    const found = place.get(row.broadcast, row.lane, contactId) as unknown as
      (PageRow & { readonly no: number }) | undefined;
    const slot = found ? slotOf(found.contacts, contactId) : -1;
    if (!found || slot < 0) continue;
    if (items.length === limit && last) return { items, next: cursorOf({ contactId }, last) };
    const columns = page.get(found.no) as unknown as Pick<PageRow, 'dictionary' | 'data'>;
    const whole = { ...row, ...found, ...columns };
    const opened = unpackPage(whole.start, whole.size, columns);
    items.push(recipient(whole, opened, whole.start + slot));
    last = [row.broadcast, row.lane];
  }
  return { items };
};
