/** One field of a form. */
export interface Part {
  readonly name: string;
  /** Only files have one. */
  readonly fileName: string | undefined;
  readonly mimeType: string;
  readonly data: Buffer;
}

const BLANK_LINE = '\r\n\r\n';
const LINE_END_BYTES = 2;

const parameter = (header: string, name: string): string | undefined => {
  const match = new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header);
  return match?.[1]?.replace(/\\(.)/g, '$1');
};

const headerOf = (headers: string, name: string): string =>
  headers
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim() ?? '';

const partOf = (raw: Buffer): Part | undefined => {
  const end = raw.indexOf(BLANK_LINE);
  if (end === -1) return undefined;
  const headers = raw.toString('utf8', 0, end);
  const disposition = headerOf(headers, 'content-disposition');
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    fileName: parameter(disposition, 'filename'),
    mimeType: headerOf(headers, 'content-type') || 'application/octet-stream',
    data: raw.subarray(end + BLANK_LINE.length),
  };
};

/** The fields of a `multipart/form-data` body; `undefined` when it is not one. */
export const parseMultipart = (body: Buffer, contentType: string): readonly Part[] | undefined => {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(mark);
  if (start === -1) return undefined;
  for (;;) {
    const next = body.indexOf(mark, start + mark.length);
    if (next === -1) return parts;
    const raw = body.subarray(start + mark.length + LINE_END_BYTES, next - LINE_END_BYTES);
    const part = partOf(raw);
    if (part === undefined) return undefined;
    parts.push(part);
    start = next;
  }
};
