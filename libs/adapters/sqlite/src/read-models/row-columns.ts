import { SORTABLE, sortValues, type BroadcastRow } from '@crier/statistics';

/** A channel as it is found in the column of a row's channels. */
export const channelMark = (channel: string): string => `|${channel}|`;

/** The values of a row's columns, in the order of the table. */
export const rowColumns = (row: BroadcastRow): readonly (string | number)[] => {
  const by = sortValues(row);
  return [
    row.id,
    ...SORTABLE.map((key) => by[key]),
    row.sendAt ?? row.createdAt,
    row.channels.map(channelMark).join(''),
    JSON.stringify(row),
  ];
};
