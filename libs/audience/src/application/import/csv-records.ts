import { CsvError, parse, type Parser } from 'csv-parse';
import { ImportRefused, MAX_RECORD } from './import-row.ts';

const refusal = (error: CsvError): ImportRefused =>
  error.code === 'CSV_MAX_RECORD_SIZE'
    ? new ImportRefused(
        'RECORD_TOO_LARGE',
        `Near line ${String(error.lines)} a row is longer than ${MAX_RECORD} characters; a closing quotation mark may be missing.`,
      )
    : new ImportRefused('MALFORMED_CSV', `Near line ${String(error.lines)}: ${error.message}`);

/** A batch of records, and the trouble that came right after them. */
export interface Records {
  readonly records: readonly (readonly string[])[];
  readonly refused?: ImportRefused;
}

/** Cuts text into records as it comes. Unlike the parser's own stream it loses no record that stands before an error. */
export class CsvRecords {
  readonly #parser: Parser;
  #records: (readonly string[])[] = [];
  #error: Error | undefined;

  constructor(delimiter: string) {
    this.#parser = parse({
      delimiter,
      relax_column_count: true,
      max_record_size: MAX_RECORD,
      on_record: (record: readonly string[]) => {
        this.#records.push(record);
        return null;
      },
    });
    this.#parser.on('error', (error) => {
      this.#error = error;
    });
  }

  async write(text: string): Promise<Records> {
    await new Promise<void>((resolve) => {
      this.#parser.write(text, () => {
        resolve();
      });
    });
    return this.#taken();
  }

  async end(): Promise<Records> {
    await new Promise<void>((resolve) => {
      this.#parser.once('close', resolve);
      this.#parser.resume().end();
    });
    return this.#taken();
  }

  close(): void {
    this.#parser.destroy();
  }

  #taken(): Records {
    const records = this.#records;
    this.#records = [];
    const error = this.#error;
    if (!error) return { records };
    if (error instanceof CsvError) return { records, refused: refusal(error) };
    throw error;
  }
}
