import type { ContactChange } from '../contact-directory.ts';
import { MAX_RECORD, type ImportRow } from './import-row.ts';

const failed = (row: number, code: string, message: string): ImportRow => ({
  row,
  error: { column: '', code, message },
});

const rowOf = (row: number, line: string): ImportRow | undefined => {
  const text = line.trim();
  if (text === '') return undefined;
  try {
    // Whatever stands there, the directory checks it like any other change.
    const change = JSON.parse(text) as ContactChange;
    return { row, change };
  } catch {
    return failed(row, 'MALFORMED_JSON', 'Write one JSON object on each line.');
  }
};

/** Lines of any length, of which only the first characters above the limit are kept. */
async function* lines(text: AsyncIterable<string>): AsyncIterable<string> {
  let rest = '';
  for await (const piece of text) {
    const parts = piece.split('\n');
    for (const part of parts.slice(0, -1)) {
      yield rest + part;
      rest = '';
    }
    rest += parts.at(-1) ?? '';
    if (rest.length > MAX_RECORD) rest = rest.slice(0, MAX_RECORD + 1);
  }
  if (rest !== '') yield rest;
}

/** The contact changes of NDJSON, one a line; empty lines are passed over. */
export async function* ndjsonRows(text: AsyncIterable<string>): AsyncIterable<ImportRow> {
  let row = 0;
  for await (const line of lines(text)) {
    row += 1;
    const read =
      line.length > MAX_RECORD
        ? failed(row, 'LINE_TOO_LONG', `Shorten this line to ${MAX_RECORD} characters.`)
        : rowOf(row, line);
    if (read) yield read;
  }
}
