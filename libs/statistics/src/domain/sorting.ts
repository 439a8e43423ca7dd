import type { BroadcastStatus } from '@crier/contracts';
import type { BroadcastRow, SortKey } from '../application/documents.ts';

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

/** What a row is sorted by, for each key. A missing instant sorts first. */
export const sortValues = (row: BroadcastRow): Readonly<Record<SortKey, string | number>> => ({
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
});
