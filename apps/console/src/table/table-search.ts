import type { BroadcastStatus } from '../api/types.ts';

/** What the address of the table says: which broadcasts, in which order. */
export interface TableSearch {
  readonly name?: string;
  /** With commas between them. */
  readonly status?: string;
  readonly channel?: string;
  /** Days in the reader's own time zone, `2026-03-01`. */
  readonly from?: string;
  readonly to?: string;
  /** A column; a minus before it sorts downwards. */
  readonly sort?: string;
}

const TEXTS = ['name', 'status', 'channel', 'from', 'to', 'sort'] as const;

/** Every status that a row of the table can have. */
export const STATUSES = [
  'draft',
  'scheduled',
  'preparing',
  'sending',
  'held',
  'sent',
  'stopped',
] as const satisfies readonly BroadcastStatus[];

export const tableSearchIn = (search: Readonly<Record<string, unknown>>): TableSearch =>
  Object.fromEntries(
    TEXTS.map((key) => [key, search[key]] as const)
      .filter(([, value]) => ['string', 'number'].includes(typeof value) && value !== '')
      .map(([key, value]) => [key, String(value)]),
  );

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The first moment of a day here, or of the one after it. */
const momentOf = (day: string | undefined, daysLater: number): string | undefined => {
  if (day === undefined || !DAY.test(day)) return undefined;
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + daysLater);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
};

interface RowsQuery extends Omit<TableSearch, 'from' | 'to'> {
  readonly from?: string;
  readonly to?: string;
}

/** What the API is asked for. */
export const rowsQueryOf = ({ from, to, ...rest }: TableSearch): RowsQuery => {
  const [first, last] = [momentOf(from, 0), momentOf(to, 1)];
  return {
    ...rest,
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
  };
};

/** Whether only some broadcasts are asked for. */
export const isFiltered = ({ sort: _, ...filters }: TableSearch): boolean =>
  Object.keys(filters).length > 0;
