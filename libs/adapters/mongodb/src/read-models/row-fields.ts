import type { BroadcastStatus } from '@crier/contracts';
import type { BroadcastRow } from '@crier/statistics';
import type { StoredRow } from './stored.ts';

/** In the order of a broadcast's life: what a list sorted by status shows. */
const LIFE: readonly BroadcastStatus[] = [
  'draft',
  'scheduled',
  'preparing',
  'sending',
  'held',
  'sent',
  'stopped',
  'deleted',
];

export const statusCode = (status: BroadcastStatus): number => LIFE.indexOf(status);

/** The form in which names are compared and searched. */
export const foldedName = (name: string): string => name.toLowerCase();

/** A row with everything that the table sorts and filters by. A missing instant sorts first. */
export const rowFields = (row: BroadcastRow): Omit<StoredRow, '_id' | 'step'> => ({
  listed: true,
  by: {
    sendAt: row.sendAt ?? '',
    createdAt: row.createdAt,
    name: foldedName(row.name),
    status: statusCode(row.status),
    planned: row.planned,
    sent: row.sent,
    failed: row.failed,
    skipped: row.skipped,
    unconfirmed: row.unconfirmed,
    delivered: row.delivered ?? 0,
    opened: row.opened ?? 0,
    clickedBuy: row.clickedBuy,
    clickedLink: row.clickedLink,
    clickedMessage: row.clickedMessage,
    orders: row.orders,
    sales: row.sales,
  },
  dayAt: row.sendAt ?? row.createdAt,
  channels: row.channels,
  row: JSON.stringify(row),
});
