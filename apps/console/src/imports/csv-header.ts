const MOST_HEADER_BYTES = 64_000;

/** The first line of a CSV file, and where the rest begins. */
export interface Header {
  readonly names: readonly string[];
  readonly restAt: number;
}

const unquoted = (cell: string): string =>
  /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Cells between commas that stand in no quotation marks. */
const cellsOf = (line: string): readonly string[] =>
  (line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? [])
    .slice(0, -1)
    .map((cell) => unquoted(cell.replace(/,$/, '').trim()));

/** Reads only the beginning of the file, however large it is. */
export const headerOf = async (file: Blob): Promise<Header> => {
  const bytes = new Uint8Array(await file.slice(0, MOST_HEADER_BYTES).arrayBuffer());
  // Kept by the decoder: it counts as well where the rest begins.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const [line = ''] = text.split(/\r?\n/, 1);
  const ending = text.slice(line.length, line.length + 2) === '\r\n' ? 2 : 1;
  const restAt = new TextEncoder().encode(line).length + ending;
  return { names: cellsOf(`${line.replace(/^\uFEFF/, '')},`), restAt };
};

/** The same file with other names over its columns. */
export const withHeader = (file: Blob, { restAt }: Header, names: readonly string[]): Blob =>
  new Blob([`${names.map(quoted).join(',')}\n`, file.slice(restAt)], { type: 'text/csv' });
