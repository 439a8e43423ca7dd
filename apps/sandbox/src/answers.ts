import type { ServerResponse } from 'node:http';
import type { Deed, REFUSALS } from './rules.ts';
import { badRequest, refuse, type Refusal } from './telegram-methods/method.ts';

/** What goes back over the wire, and how. */
export interface Answer {
  /** 0 when nothing goes back. */
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In seconds. */
  readonly retryAfter?: number;
  /** `reset` cuts the connection, `silence` keeps it open without a word. */
  readonly ending?: 'reset' | 'silence';
}

const BAD_GATEWAY_PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const GARBAGE = 'upstream said: \u0000\u0001 {"ok":tru';

/** An answer with `ok: true`; the result is JSON already. */
export const success = (result: string, description?: string): Answer => ({
  status: 200,
  body:
    description === undefined
      ? `{"ok":true,"result":${result}}`
      : `{"ok":true,"result":${result},"description":${JSON.stringify(description)}}`,
});

/** An answer with `ok: false`. */
export const refusal = ({ status, description, parameters }: Refusal): Answer => {
  const body = JSON.stringify({ ok: false, error_code: status, description, parameters });
  const retryAfter = parameters?.['retry_after'];
  return retryAfter === undefined ? { status, body } : { status, body, retryAfter };
};

/** Telegram's answer to a bot that is too fast; `seconds` in body and header. */
const flooded = (seconds: number): Answer =>
  refusal(refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }));

/** True when the request does its work although its answer is spoiled. */
export const isExecuted = (deed: Deed): boolean => {
  if (deed.kind === 'reset_after' || deed.kind === 'timeout_after') return true;
  return 'executed' in deed && deed.executed;
};

const migrated = (to: number): Answer =>
  refusal(
    refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: to,
    }),
  );

const REFUSED: Readonly<{ [kind in (typeof REFUSALS)[number]]: Refusal }> = {
  blocked: refuse(403, 'Forbidden: bot was blocked by the user'),
  deactivated: refuse(403, 'Forbidden: user is deactivated'),
  never_started: refuse(403, "Forbidden: bot can't initiate conversation with a user"),
  chat_not_found: badRequest('chat not found'),
  markup_too_long: badRequest('reply markup is too long'),
  cant_parse: badRequest(
    'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ),
  bad_url: badRequest('wrong HTTP URL specified'),
  unauthorized: refuse(401, 'Unauthorized'),
};

type Other = Exclude<Deed['kind'], keyof typeof REFUSED | 'flood' | 'migrate' | 'answer'>;

const OTHERS: Readonly<{ [kind in Other]: Answer }> = {
  server_error: refusal(refuse(500, 'Internal Server Error: restart')),
  service_unavailable: refusal(refuse(503, 'Service Unavailable')),
  bad_gateway: { status: 502, body: BAD_GATEWAY_PAGE, contentType: 'text/html' },
  garbage: { status: 200, body: GARBAGE },
  reset_before: { status: 0, body: '', ending: 'reset' },
  reset_after: { status: 0, body: '', ending: 'reset' },
  timeout_before: { status: 0, body: '', ending: 'silence' },
  timeout_after: { status: 0, body: '', ending: 'silence' },
};

const isRefusing = (kind: Deed['kind']): kind is keyof typeof REFUSED => kind in REFUSED;

/** The answer that a request gets when this happens to it. */
export const spoiled = (deed: Deed): Answer => {
  if (deed.kind === 'flood') return flooded(deed.retryAfter);
  if (deed.kind === 'migrate') return migrated(deed.to);
  if (deed.kind === 'answer') return deed;
  return isRefusing(deed.kind) ? refusal(REFUSED[deed.kind]) : OTHERS[deed.kind];
};

/** Sends the answer, or does with the connection what it says instead. */
export const write = (response: ServerResponse, answer: Answer): void => {
  if (answer.ending === 'silence') return;
  if (answer.ending === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.statusCode = answer.status;
  response.setHeader('content-type', answer.contentType ?? 'application/json');
  if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.end(answer.body);
};
