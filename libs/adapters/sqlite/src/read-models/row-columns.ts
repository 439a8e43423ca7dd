import type { BroadcastStatus } from '@crier/contracts';
import type { BroadcastRow } from '@crier/statistics';

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

/** A channel as it is found in the column of a row's channels. */
export const channelMark = (channel: string): string => `|${channel}|`;

/** The values of a row's columns, in the order of the table. A missing instant sorts first. */
export const rowColumns = (row: BroadcastRow): readonly (string | number)[] => [
  row.id,
  row.sendAt ?? '',
  row.createdAt,
  foldedName(row.name),
  statusCode(row.status),
  row.planned,
  row.sent,
  row.failed,
  row.skipped,
  row.unconfirmed,
  row.delivered ?? 0,
  row.opened ?? 0,
  row.clickedBuy,
  row.clickedLink,
  row.clickedMessage,
  row.orders,
  row.sales,
  row.sendAt ?? row.createdAt,
  row.channels.map(channelMark).join(''),
  JSON.stringify(row),
];
