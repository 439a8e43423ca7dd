import {
  type BroadcastRow,
  cursorOf,
  foldedName,
  keyOf,
  type ListQuery,
  type Page,
  statusCode,
} from '@crier/statistics';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SORT_COLUMNS, tableOf } from './read-model-schema.ts';
import { channelMark } from './row-columns.ts';

interface Found {
  readonly id: string;
  readonly value: string | number;
  readonly document: string;
}
interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const filters = ({ status, channel, name, from, to }: ListQuery): readonly Condition[] => [
  ...(status
    ? [{ sql: `status IN (${status.map(() => '?').join()})`, values: status.map(statusCode) }]
    : []),
  ...(channel === undefined
    ? []
    : [{ sql: 'instr(channels, ?) > 0', values: [channelMark(channel)] }]),
  ...(name === undefined ? [] : [{ sql: 'instr(name, ?) > 0', values: [foldedName(name)] }]),
  ...(from === undefined ? [] : [{ sql: 'day_at >= ?', values: [from] }]),
  ...(to === undefined ? [] : [{ sql: 'day_at < ?', values: [to] }]),
];

/** The page is cut out of the sorting index alone; only the rows shown are fetched. @throws BadCursor */
export const listRows = (
  db: DatabaseSync,
  generation: number,
  query: ListQuery,
): Page<BroadcastRow> => {
  const { limit, after, ...question } = query;
  const column = SORT_COLUMNS[query.sort];
  const [direction, beyond] = query.descending ? ['DESC', '<'] : ['ASC', '>'];
  const conditions = [...filters(query)];
  if (after !== undefined)
    conditions.push({
      sql: `(${column}, id) ${beyond} (?, ?)`,
      values: keyOf(question, after, ['either', 'string']),
    });
  const where = conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE';
  const rows = tableOf('rows', generation);
  const sql = `
    SELECT shown.id, shown.value, r.document FROM (
      SELECT id, ${column} AS value FROM ${rows} INDEXED BY rows_${generation}_by_${column}
      WHERE ${where} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?
    ) shown CROSS JOIN ${rows} r ON r.id = shown.id ORDER BY shown.value ${direction}, shown.id ${direction}`;
  const values = conditions.flatMap((condition) => condition.values);
  const found = db.prepare(sql).all(...values, limit + 1) as unknown as readonly Found[];
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ document }) => JSON.parse(document) as BroadcastRow),
    ...(found.length > limit && last && { next: cursorOf(question, [last.value, last.id]) }),
  };
};
