import { COLUMNS, VARIABLE_COLUMN, type Column } from '../cells.ts';
import { ImportRefused } from './import-row.ts';

export type VariableType = 'guess' | 'text' | 'number' | 'boolean';

/** What a column of the file holds. */
export type HeaderColumn =
  | { readonly name: string; readonly column: Column }
  | { readonly name: string; readonly variable: string; readonly type: VariableType };

const VARIABLE = /^var:([A-Za-z_][\w.]{0,63})(?::(text|number|boolean))?$/;
const KNOWN = `${COLUMNS.join(', ')} and ${VARIABLE_COLUMN}<name>[:text|number|boolean]`;

const columnOf = (name: string): HeaderColumn => {
  const column = COLUMNS.find((one) => one === name.toLowerCase());
  if (column) return { name, column };
  const [, variable, type = 'guess'] = VARIABLE.exec(name) ?? [];
  if (variable !== undefined) return { name, variable, type: type as VariableType };
  throw new ImportRefused('UNKNOWN_COLUMN', `Column "${name}" is unknown. Known are ${KNOWN}.`, {
    column: name,
  });
};

const keyOf = (column: HeaderColumn): string =>
  'column' in column ? column.column : VARIABLE_COLUMN + column.variable;

/** Reads the header row. @throws ImportRefused NO_HEADER, UNKNOWN_COLUMN or DUPLICATE_COLUMN */
export const readHeader = (cells: readonly string[]): readonly HeaderColumn[] => {
  const names = cells.map((cell) => cell.trim());
  if (names.every((name) => name === '')) {
    throw new ImportRefused('NO_HEADER', `The first row must name the columns: ${KNOWN}.`);
  }
  const columns = names.map((name) => columnOf(name.slice(0, 100)));
  const keys = columns.map(keyOf);
  const repeated = keys.find((key, index) => keys.indexOf(key) < index);
  if (repeated !== undefined) {
    throw new ImportRefused('DUPLICATE_COLUMN', `Column "${repeated}" stands there twice.`, {
      column: repeated,
    });
  }
  return columns;
};
