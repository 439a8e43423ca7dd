import type { VariableValue } from '@crier/contracts';

/** The columns of a contact file besides `var:<name>`, in the order of an export. */
export const COLUMNS = [
  'contact_id',
  'external_id',
  'first_name',
  'last_name',
  'language',
  'zone',
  'tags',
  'tunnels',
  'first_contact_at',
  'last_active_at',
  'bot',
  'address',
  'status',
  'status_at',
  'other_connections',
] as const;

export type Column = (typeof COLUMNS)[number];

export const VARIABLE_COLUMN = 'var:';

// What spreadsheets take for the beginning of a formula.
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED_FORMULA = /^'+[=+\-@\t\r]/;

/** A text that no spreadsheet runs: an apostrophe stands before what looks like a formula. */
export const withoutFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes back {@link withoutFormula}. */
export const withFormula = (cell: string): string =>
  ESCAPED_FORMULA.test(cell) ? cell.slice(1) : cell;

const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?([eE][+-]?\d{1,3})?$/;

/** The value that a cell of unknown type shows: a number, true or false, else text. Texts may stand in quotation marks. */
export const guessed = (cell: string): VariableValue => {
  if (isQuoted(cell)) return cell.slice(1, -1);
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (isNumber(cell)) return Number(cell);
  return withFormula(cell);
};

// Long digits that a number cannot hold exactly (account numbers, say) stay text.
const isNumber = (cell: string): boolean =>
  Number.isFinite(Number(cell)) && (NUMBER.test(cell) || String(Number(cell)) === cell);

const isQuoted = (cell: string): boolean =>
  cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"');

/** The cell that {@link guessed} reads as this value again. */
export const cellOf = (value: VariableValue): string => {
  if (typeof value !== 'string') return String(value);
  const isPlain = value !== '' && !isQuoted(value) && typeof guessed(value) === 'string';
  return isPlain ? withoutFormula(value) : `"${value}"`;
};

/** Labels in one cell: `a|b`. A backslash stands before what is meant as it is: `\|`, `\\`, and spaces at the ends. */
export const labelsCell = (labels: readonly string[]): string =>
  withoutFormula(
    labels.map((label) => label.replaceAll(/[\\|]|^\s|\s$/g, String.raw`\$&`)).join('|'),
  );

/** Takes back {@link labelsCell}; spaces around labels and empty labels are left out. */
export const labelsIn = (cell: string): readonly string[] =>
  (withFormula(cell).match(/(?:\\.|[^|\\]|\\$)+/gs) ?? [])
    .map((label) => label.replace(/^\s+/, '').replace(/(?<!\\)\s+$/, ''))
    .map((label) => label.replaceAll(/\\(.)/gs, '$1'))
    .filter((label) => label !== '');

/** One line of CSV (RFC 4180) with its line break. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map((cell) => (/["\r\n,;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
