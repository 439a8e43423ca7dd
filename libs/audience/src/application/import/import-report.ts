import { open, type FileHandle } from 'node:fs/promises';
import { csvLine, withoutFormula } from '../cells.ts';
import type { RowError } from './import-row.ts';

const MOST_LINES = 100_000;

/** The rows that failed, as CSV (row, column, code, message), at most 100,000. The file exists only if there are any. */
export class ImportReport {
  readonly #path: string;
  #file: FileHandle | undefined;
  #lines = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Where the report is; undefined while it is empty. */
  get path(): string | undefined {
    return this.#file && this.#path;
  }

  async add(errors: readonly (RowError & { readonly row: number })[]): Promise<void> {
    const fitting = errors.slice(0, MOST_LINES - this.#lines);
    if (fitting.length === 0) return;
    if (!this.#file) {
      this.#file = await open(this.#path, 'w');
      await this.#file.writeFile(csvLine(['row', 'column', 'code', 'message']));
    }
    this.#lines += fitting.length;
    const text = fitting.map(({ row, column, code, message }) =>
      csvLine([String(row), withoutFormula(column), code, withoutFormula(message)]),
    );
    await this.#file.appendFile(text.join(''));
  }

  async close(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
  }
}
