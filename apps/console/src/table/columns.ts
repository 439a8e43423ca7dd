import type { BroadcastRow } from '../api/types.ts';

/** Counts in the order of a row: what adds up first, then what people did. */
export const COUNTS = [
  'planned',
  'sent',
  'failed',
  'skipped',
  'unconfirmed',
  'waiting',
  'delivered',
  'opened',
  'clickedBuy',
  'clickedLink',
  'clickedMessage',
  'orders',
  'sales',
] as const satisfies readonly (keyof BroadcastRow)[];

export type CountName = (typeof COUNTS)[number];

export const COLUMNS = ['name', 'status', 'sendAt', ...COUNTS, 'channels', 'createdAt'] as const;

export type ColumnName = (typeof COLUMNS)[number];

/** Not there until they are chosen. */
export const HIDDEN_AT_FIRST: readonly ColumnName[] = ['waiting', 'channels', 'createdAt'];

/** The API sorts by no other than these. */
export const isSortable = (column: ColumnName): boolean =>
  column !== 'waiting' && column !== 'channels';

export const isCount = (column: ColumnName): column is CountName =>
  (COUNTS as readonly ColumnName[]).includes(column);

/** Sums over rows; null where none of them reports it. */
export const totalOf = (rows: readonly BroadcastRow[], column: CountName): number | null => {
  const told = rows.map((row) => row[column]).filter((value) => value !== null);
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0);
};

/** What a cell of a column looks like. */
export const cellClass = (column: ColumnName): string =>
  isCount(column) ? 'count-cell' : `${column}-cell`;
