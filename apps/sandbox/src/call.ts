import { hash } from 'node:crypto';
import { hashText, type Hash64 } from './hash.ts';
import { parseMultipart, type Part } from './http/multipart.ts';
import {
  asObject,
  badRequest,
  type Params,
  type Refusal,
  type UploadedFile,
} from './telegram-methods/method.ts';

/** The fields and files of a request to the Bot API. */
export interface Fields {
  readonly params: Params;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

const NO_FILES: ReadonlyMap<string, UploadedFile> = new Map();

const fromJson = (body: Buffer): Params | Refusal => {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return asObject(parsed) ?? badRequest("can't parse JSON object");
  } catch {
    return badRequest("can't parse JSON object");
  }
};

const uploadedFile = (part: Part): UploadedFile => ({
  name: part.fileName ?? part.name,
  mimeType: part.mimeType,
  size: part.data.length,
  digest: hash('sha256', part.data),
});

const fromMultipart = (body: Buffer, contentType: string): Fields | Refusal => {
  const parts = parseMultipart(body, contentType);
  if (parts === undefined) return badRequest("can't parse multipart form");
  const texts = parts.filter((part) => part.fileName === undefined);
  const files = parts.filter((part) => part.fileName !== undefined);
  return {
    params: Object.fromEntries(texts.map((part) => [part.name, part.data.toString()])),
    files: new Map(files.map((part) => [part.name, uploadedFile(part)])),
  };
};

const fromBody = (body: Buffer, contentType: string): Fields | Refusal => {
  if (body.length === 0) return { params: {}, files: NO_FILES };
  if (contentType.startsWith('multipart/form-data')) return fromMultipart(body, contentType);
  const params = contentType.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(body.toString()))
    : fromJson(body);
  return 'refused' in params ? (params as Refusal) : { params, files: NO_FILES };
};

/** Reads a request in any of the forms Telegram takes: query, JSON, form, multipart. */
export const readFields = (body: Buffer, contentType: string, query: string): Fields | Refusal => {
  const fields = fromBody(body, contentType);
  if ('refused' in fields || query === '') return fields;
  const inQuery = Object.fromEntries(new URLSearchParams(query));
  return { params: { ...inQuery, ...fields.params }, files: fields.files };
};

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The same for everything that says the same, whoever it is said to: all fields but `chat_id`, and the files. */
export const contentHash = (method: string, { params, files }: Fields): Hash64 => {
  let text = method;
  for (const field of Object.keys(params).sort())
    if (field !== 'chat_id') text += `\n${field}=${written(params[field])}`;
  for (const [field, file] of files) text += `\n${field}:${file.digest}`;
  return hashText(text);
};
