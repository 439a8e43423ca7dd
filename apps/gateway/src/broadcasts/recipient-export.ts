import type { ReadModels, RecipientQuery, RecipientRow } from '@crier/statistics';
import { setImmediate as turn } from 'node:timers/promises';

const PAGE = 500;
const COLUMNS = [
  'broadcastId',
  'lane',
  'index',
  'contactId',
  'botId',
  'channel',
  'outcome',
  'reason',
  'at',
  'delivered',
  'opened',
  'clicked',
  'ordered',
];

const FORMULA = /^[=+\-@\t\r]/;

/** Quoted where CSV (RFC 4180) wants it, and no formula to a spreadsheet. */
const cell = (value: string | number | null): string => {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value ?? '') ? `'${value ?? ''}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const times = ({ receipts }: RecipientRow, kind: string): number =>
  receipts.filter((one) => one.kind === kind).reduce((sum, { count }) => sum + count, 0);

const csvLine = (row: RecipientRow): string =>
  `${[
    row.broadcastId,
    row.lane,
    row.index,
    row.contactId,
    row.botId,
    row.channel,
    row.outcome,
    row.reason,
    row.at,
    times(row, 'delivered'),
    times(row, 'opened'),
    times(row, 'clicked'),
    times(row, 'ordered'),
  ]
    .map(cell)
    .join(',')}\r\n`;

type Filters = Omit<RecipientQuery, 'limit' | 'after'>;

/**
 * All recipients of a query as text, a page at a time, read only as fast as they are taken; other work has its turn in between.
 * @throws Unavailable
 */
export async function* exportRecipients(
  readModels: Pick<ReadModels, 'recipients'>,
  broadcastId: string,
  query: Filters,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  let after: string | undefined;
  do {
    const page = await readModels.recipients(broadcastId, {
      ...query,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const lines = page.items.map((row) =>
      format === 'csv' ? csvLine(row) : `${JSON.stringify(row)}\n`,
    );
    if (lines.length > 0) yield lines.join('');
    after = page.next;
    await turn();
  } while (after !== undefined);
}
