import type { SortKey } from '@crier/statistics';

/** Which sets of tables there are. `state`: serving or building. */
export const CATALOGUE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    serving INTEGER NOT NULL,
    position TEXT,
    recorded_at TEXT
  ) STRICT;
`;

/** The column that each key sorts by. */
export const SORT_COLUMNS: Readonly<Record<SortKey, string>> = {
  sendAt: 'send_at',
  createdAt: 'created_at',
  name: 'name',
  status: 'status',
  planned: 'planned',
  sent: 'sent',
  failed: 'failed',
  skipped: 'skipped',
  unconfirmed: 'unconfirmed',
  delivered: 'delivered',
  opened: 'opened',
  clickedBuy: 'clicked_buy',
  clickedLink: 'clicked_link',
  clickedMessage: 'clicked_message',
  orders: 'orders',
  sales: 'sales',
};

const TEXT_COLUMNS: readonly SortKey[] = ['sendAt', 'createdAt', 'name'];

/** Tables of one generation. The ends of their names are its number. */
export const TABLES = [
  'rows',
  'mailings',
  'hours',
  'broadcasts',
  'lanes',
  'places',
  'pages',
] as const;
type Table = (typeof TABLES)[number];

/** The name of a table in a generation. */
export const tableOf = (table: Table, generation: number): string => `${table}_${generation}`;

const sortColumns = Object.entries(SORT_COLUMNS)
  .map(([key, column]) => {
    const type = TEXT_COLUMNS.includes(key as SortKey) ? 'TEXT' : 'INTEGER';
    return `${column} ${type} NOT NULL`;
  })
  .join(', ');

/**
 * What a list filters by (status, day, channel, name) is in every sorting index, so that a page is cut out of the index alone and
 * only the rows shown are fetched. Recipients lie in two tables: who they are, written once, and what became of them.
 */
export const generationSchema = (generation: number): string => {
  const name = (table: Table): string => tableOf(table, generation);
  const indexes = Object.values(SORT_COLUMNS).map((column) => {
    const covered = ['status', 'day_at', 'channels', 'name'].filter((other) => other !== column);
    return `CREATE INDEX rows_${generation}_by_${column} ON ${name('rows')} (${[column, 'id', ...covered].join()});`;
  });
  return `
    CREATE TABLE ${name('rows')} (
      id TEXT PRIMARY KEY, ${sortColumns}, day_at TEXT NOT NULL, channels TEXT NOT NULL, document TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    ${indexes.join('\n')}
    CREATE TABLE ${name('mailings')} (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
    CREATE TABLE ${name('hours')} (
      broadcast TEXT NOT NULL, hour TEXT NOT NULL, minutes TEXT NOT NULL, PRIMARY KEY (broadcast, hour)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ${name('broadcasts')} (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE ${name('lanes')} (
      broadcast INTEGER NOT NULL, lane INTEGER NOT NULL, bot TEXT NOT NULL, channel TEXT NOT NULL,
      PRIMARY KEY (broadcast, lane)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ${name('places')} (
      no INTEGER PRIMARY KEY, broadcast INTEGER NOT NULL, lane INTEGER NOT NULL, start INTEGER NOT NULL,
      size INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, contacts ANY NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX places_${generation}_by_start ON ${name('places')} (broadcast, lane, start, size);
    CREATE INDEX places_${generation}_by_contact ON ${name('places')} (broadcast, lane, first, last);
    CREATE TABLE ${name('pages')} (
      no INTEGER PRIMARY KEY, waiting INTEGER NOT NULL, sent INTEGER NOT NULL, failed INTEGER NOT NULL,
      skipped INTEGER NOT NULL, unconfirmed INTEGER NOT NULL, dictionary TEXT NOT NULL, data BLOB NOT NULL
    ) STRICT;`;
};

/** Forgets a generation's tables. */
export const dropSchema = (generation: number): string =>
  TABLES.map((table) => `DROP TABLE IF EXISTS ${tableOf(table, generation)};`).join('\n');
