import type { Bot } from '../bots.ts';
import type { Content } from '../inboxes.ts';

/** The fields of a call, whatever form they came in. */
export type Params = Readonly<{ [field: string]: unknown }>;

/** A file that came with the call. Its bytes are not kept. */
export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string;
}

/** One call of a method by a known bot. */
export interface Call {
  readonly bot: Bot;
  readonly params: Params;
  /** By the name of the form field. */
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** An answer with `ok: false`. */
export interface Refusal {
  readonly refused: true;
  readonly status: number;
  readonly description: string;
  readonly parameters?: Readonly<{ [name: string]: number }>;
}

/** An answer with `ok: true` of a method that sends nothing. */
export interface Done {
  readonly result: unknown;
  readonly description?: string;
}

/** A method whose effect is one message, or an album of several. */
export interface SendMethod {
  readonly name: string;
  readonly sends: true;
  /** Checks the call as Telegram would and says what the chat is to get. */
  readonly contents: (call: Call) => readonly Content[] | Refusal;
}

/** Any other method. */
export interface PlainMethod {
  readonly name: string;
  readonly sends: false;
  readonly run: (call: Call) => Done | Refusal;
}

export type Method = SendMethod | PlainMethod;

export const refuse = (
  status: number,
  description: string,
  parameters?: Readonly<{ [name: string]: number }>,
): Refusal =>
  parameters === undefined
    ? { refused: true, status, description }
    : { refused: true, status, description, parameters };

export const badRequest = (what: string): Refusal => refuse(400, `Bad Request: ${what}`);

export const isRefusal = (value: object): value is Refusal => 'refused' in value;

/** A plain object, or `undefined` for anything else. */
export const asObject = (value: unknown): Params | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Params)
    : undefined;

/** Forms carry structures as JSON texts; JSON bodies may do so too. `undefined` when it is no JSON. */
export const structured = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** A text field; forms and JSON alike give texts, JSON may give numbers. `undefined` when absent. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};
