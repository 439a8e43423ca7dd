import type { CountsReport } from '../counts.ts';
import { startSandbox, type SandboxOptions } from '../sandbox.ts';

interface FileSeen {
  readonly file_id: string;
}

interface MessageSeen {
  readonly message_id: number;
  readonly text: string;
  readonly chat: { readonly id: number };
  readonly entities: unknown;
  readonly reply_markup: unknown;
  readonly invoice: unknown;
  readonly photo: readonly FileSeen[];
  readonly document: FileSeen;
  readonly media_group_id: string;
}

/** What tests read of answers: each answer has some of it. */
export interface BodySeen extends CountsReport {
  readonly result: MessageSeen &
    readonly MessageSeen[] & {
      readonly first_name: string;
      readonly url: string;
      readonly last_error_message: string;
    };
  readonly description: string;
  readonly parameters: unknown;
  readonly error: string;
  readonly messages: readonly unknown[];
}

/** An answer as a test looks at it. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: BodySeen;
}

/** The token that {@link openSandbox} registers. */
export const TOKEN = '111:first';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** One request; the body is read as JSON where it is JSON. */
export const fetched = async (url: string, init: RequestInit = {}): Promise<Seen> => {
  const response = await fetch(url, init);
  return {
    status: response.status,
    headers: response.headers,
    body: parsed(await response.text()) as BodySeen,
  };
};

const jsonRequest = (method: string, body: unknown): RequestInit => ({
  method,
  ...(body === undefined
    ? {}
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

/** A running sandbox with one bot, and short words for talking to it. */
export const openSandbox = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/telegram/${path}`, jsonRequest(method, body));
  const call = (method: string, params: unknown, token = TOKEN) =>
    fetched(`${sandbox.url}/bot${token}/${method}`, jsonRequest('POST', params));
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
  };
  const lines = async (query = '') => {
    const response = await fetch(`${sandbox.url}/sandbox/telegram/record${query}`);
    return (await response.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly [field: string]: unknown });
  };
  await admin('PUT', `bots/${TOKEN}`, { name: 'First' });
  return { ...sandbox, admin, call, clear, lines };
};

export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;
