import { csvChange } from './csv-change.ts';
import { readHeader, type HeaderColumn } from './csv-header.ts';
import { CsvRecords, type Records } from './csv-records.ts';
import { MAX_RECORD, type ImportRow } from './import-row.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that stands in the header most often. */
const delimiterOf = (start: string): string => {
  const header = start.split('\n', 1)[0] ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [...DELIMITERS].sort((left, right) => count(right) - count(left))[0] ?? ',';
};

/** Turns records into rows; the first is the header. Rows are numbered as a spreadsheet shows them. */
class RowReader {
  #header: readonly HeaderColumn[] | undefined;
  #row = 0;

  *read({ records, refused }: Records): Iterable<ImportRow> {
    for (const cells of records) {
      this.#row += 1;
      if (!this.#header) this.#header = readHeader(cells);
      else if (cells.length > 1 || cells[0] !== '') {
        yield csvChange(this.#row, this.#header, cells);
      }
    }
    if (refused) throw refused;
  }

  end(): void {
    this.#header ??= readHeader([]);
  }
}

async function* recordsOf(text: AsyncIterable<string>): AsyncIterable<Records> {
  let parser: CsvRecords | undefined;
  let waiting = '';
  try {
    for await (const piece of text) {
      waiting += piece;
      if (!parser && !waiting.includes('\n') && waiting.length < MAX_RECORD) continue;
      parser ??= new CsvRecords(delimiterOf(waiting));
      const next = waiting;
      waiting = '';
      yield await parser.write(next);
    }
    parser ??= new CsvRecords(delimiterOf(waiting));
    yield await parser.write(waiting);
    yield await parser.end();
  } finally {
    parser?.close();
  }
}

/**
 * The contact changes of CSV with a header row. Cells are separated by commas, semicolons or tabs.
 * @throws ImportRefused for a wrong header, malformed CSV or a record above the limit, after the rows before it
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncIterable<ImportRow> {
  const reader = new RowReader();
  for await (const records of recordsOf(text)) yield* reader.read(records);
  reader.end();
}
