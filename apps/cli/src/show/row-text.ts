import type { Row, Sums } from '../api/shapes.ts';
import { holdText, moment, number, plain, reported, shortened, shortId } from './words.ts';
import { table } from './table.ts';

const COLUMNS = [
  { head: 'ID' },
  { head: 'WHEN' },
  { head: 'STATUS' },
  { head: 'NAME' },
  ...[
    'PLANNED',
    'SENT',
    'FAILED',
    'SKIPPED',
    'UNCONF',
    'WAITING',
    'DELIV',
    'OPENED',
    'BUY',
    'LINK',
    'MSG',
    'ORDERS',
    'SALES',
  ].map((head) => ({ head, align: 'right' as const })),
];

const short = (value: number | null): string => (value === null ? '–' : number(value));

const cells = (row: Row): readonly string[] => [
  shortId(row.id),
  moment(row.startedAt ?? row.sendAt ?? row.createdAt),
  row.status,
  shortened(row.name, 28),
  ...[row.planned, row.sent, row.failed, row.skipped, row.unconfirmed, row.waiting].map(number),
  short(row.delivered),
  short(row.opened),
  ...[row.clickedBuy, row.clickedLink, row.clickedMessage, row.orders, row.sales].map(number),
];

/** The mailing-list table. */
export const listText = (rows: readonly Row[]): string => table(COLUMNS, rows.map(cells));

/** Why it is held, one line for each reason. */
export const heldLines = ({ held }: Row): readonly string[] =>
  held.map(({ lane, reason, detail }) => {
    const where = lane === undefined ? 'held' : `lane ${lane} held`;
    return `${where}: ${holdText(reason)}${detail === undefined ? '' : ` (${plain(detail)})`}`;
  });

/** `planned 5 = sent 4 + failed 1 + …`: it always adds up. */
export const sumText = (sums: Sums): string =>
  `planned ${number(sums.planned)} = sent ${number(sums.sent)} + failed ${number(sums.failed)}` +
  ` + skipped ${number(sums.skipped)} + unconfirmed ${number(sums.unconfirmed)}` +
  ` + waiting ${number(sums.waiting)}`;

/** One broadcast in a few lines. */
export const rowText = (row: Row): string =>
  [
    `${plain(row.name)}  (${row.id})`,
    `  ${row.status}${row.completedAt === null ? '' : `, finished ${moment(row.completedAt)}`}`,
    ...heldLines(row).map((line) => `  ${line}`),
    `  ${sumText(row)}`,
    `  delivered ${reported(row.delivered)}, opened ${reported(row.opened)}`,
    `  clicks: buy ${number(row.clickedBuy)}, link ${number(row.clickedLink)}, message ${number(row.clickedMessage)}; orders ${number(row.orders)}, sales ${number(row.sales)}`,
  ].join('\n');
