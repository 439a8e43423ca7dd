import type { VariableValue } from '@crier/contracts';
import { guessed, labelsIn, withFormula, type Column } from '../cells.ts';
import type { ContactChange } from '../contact-directory.ts';
import type { HeaderColumn, VariableType } from './csv-header.ts';
import type { ImportRow, RowError } from './import-row.ts';

type Cells = ReadonlyMap<Column, string>;

/** The field of a change that a column fills, for telling where an error is. */
const FIELD_COLUMNS: readonly (readonly [prefix: string, column: Column])[] = [
  ['externalId', 'external_id'],
  ['firstName', 'first_name'],
  ['lastName', 'last_name'],
  ['firstContactAt', 'first_contact_at'],
  ['lastActiveAt', 'last_active_at'],
  ['connections[0].botId', 'bot'],
  ['connections[0].address', 'address'],
  ['connections[0].statusAt', 'status_at'],
  ['connections[0].status', 'status'],
  ['connections[0]', 'bot'],
  ['connections', 'other_connections'],
];

/** The column where the trouble with a field lies. */
export const columnOfField = (field: string): string => {
  if (field.startsWith('variables.')) return `var:${field.slice('variables.'.length)}`;
  const known = FIELD_COLUMNS.find(([prefix]) => field.startsWith(prefix));
  return known?.[1] ?? field.replace(/\[.*/, '');
};

const typed = (type: VariableType, cell: string): VariableValue | undefined => {
  if (type === 'guess') return guessed(cell);
  if (type === 'text') return withFormula(cell);
  const value = guessed(cell.trim().toLowerCase());
  return typeof value === type ? value : undefined;
};

const variablesOf = (
  header: readonly HeaderColumn[],
  cells: readonly string[],
): { readonly values: ContactChange['variables'] } | RowError => {
  const values = new Map<string, VariableValue>();
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? '';
    if (!('variable' in column) || cell === '') continue;
    const value = typed(column.type, cell);
    if (value === undefined) {
      return {
        column: column.name,
        code: 'VALUE_INVALID',
        message: `Write a ${column.type} here.`,
      };
    }
    values.set(column.variable, value);
  }
  return { values: Object.fromEntries(values) };
};

const othersOf = (cell: string | undefined): ContactChange['connections'] | RowError => {
  if (cell === undefined) return [];
  try {
    const others: unknown = JSON.parse(cell);
    // What is in the list is checked with the whole change.
    if (Array.isArray(others)) return others as ContactChange['connections'];
  } catch {
    // Said below.
  }
  return {
    column: 'other_connections',
    code: 'MALFORMED_JSON',
    message: 'Write a JSON list of {"botId", "address", "status", "statusAt"} here.',
  };
};

const connectionsOf = (
  cells: Cells,
  others: ContactChange['connections'],
): Pick<ContactChange, 'connections'> => {
  const main = given({
    botId: cells.get('bot'),
    address: cells.get('address'),
    status: cells.get('status'),
    statusAt: cells.get('status_at'),
  });
  const connections = [...(Object.keys(main).length > 0 ? [main] : []), ...(others ?? [])];
  return connections.length === 0
    ? {}
    : { connections: connections as NonNullable<ContactChange['connections']> };
};

const given = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const listOf = (cell: string | undefined) => (cell === undefined ? undefined : labelsIn(cell));

const LISTS: readonly Column[] = ['tags', 'tunnels'];
const CODES: readonly Column[] = [
  'language',
  'zone',
  'first_contact_at',
  'last_active_at',
  'status',
  'status_at',
];

const decodedCell = (column: Column, cell: string): string => {
  if (LISTS.includes(column)) return cell;
  return withFormula(CODES.includes(column) ? cell.trim() : cell);
};

const cellsByColumn = (header: readonly HeaderColumn[], cells: readonly string[]): Cells => {
  const found = new Map<Column, string>();
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? '';
    if (!('column' in column) || cell === '') continue;
    found.set(column.column, decodedCell(column.column, cell));
  }
  return found;
};

/** One row as a change. An empty cell leaves its field as it is; `contact_id` is for people to read. */
export const csvChange = (
  row: number,
  header: readonly HeaderColumn[],
  cells: readonly string[],
): ImportRow => {
  if (cells.length !== header.length) {
    const message = `This row has ${cells.length} cells, the header ${header.length}.`;
    return { row, error: { column: '', code: 'COLUMN_COUNT', message } };
  }
  const byColumn = cellsByColumn(header, cells);
  const variables = variablesOf(header, cells);
  if ('code' in variables) return { row, error: variables };
  const others = othersOf(byColumn.get('other_connections'));
  if (others && 'code' in others) return { row, error: others };

  const change: ContactChange = {
    ...given({
      externalId: byColumn.get('external_id'),
      firstName: byColumn.get('first_name'),
      lastName: byColumn.get('last_name'),
      language: byColumn.get('language'),
      zone: byColumn.get('zone'),
      tags: listOf(byColumn.get('tags')),
      tunnels: listOf(byColumn.get('tunnels')),
      firstContactAt: byColumn.get('first_contact_at'),
      lastActiveAt: byColumn.get('last_active_at'),
    }),
    ...(variables.values ? { variables: variables.values } : {}),
    ...connectionsOf(byColumn, others),
  };
  return { row, change };
};
