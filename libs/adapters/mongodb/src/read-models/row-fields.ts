import { sortValues, type BroadcastRow } from '@crier/statistics';
import type { StoredRow } from './stored.ts';

/** A row with everything that the table sorts and filters by. */
export const rowFields = (row: BroadcastRow): Omit<StoredRow, '_id' | 'step'> => ({
  listed: true,
  by: sortValues(row),
  dayAt: row.sendAt ?? row.createdAt,
  channels: row.channels,
  row: JSON.stringify(row),
});
