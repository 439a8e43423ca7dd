import type { Exchanged, SendResult } from '@crier/connector';
import { fieldsOf, parsed } from '../json.ts';
import { waitOf } from './retry-after.ts';

type Answered = Extract<Exchanged, { kind: 'answered' }>;

/** What is known of the message that an answer is about. */
export interface Asked {
  /** The id of a message whose receiver gives none. */
  readonly name: string;
  /** Never to be repeated. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The result for a bot without a secret or an address. */
export const NO_RECEIVER: SendResult = { result: 'bot_stopped', reason: 'not_configured' };

const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};
const FLOOD_PAUSE_MS = 2000;
const NO_CONTENT = 204;
const OUT_OF_TIME = 408;
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });

/** What statuses mean; where a receiver gives a reason of its own, that is the reason. */
const STATUSES: ReadonlyMap<number, SendResult> = new Map<number, SendResult>([
  [400, { result: 'content_refused', reason: 'bad_request' }],
  [401, { result: 'bot_stopped', reason: 'unauthorized' }],
  [403, { result: 'bot_stopped', reason: 'forbidden' }],
  [404, { result: 'refused', reason: 'not_found' }],
  [405, { result: 'bot_stopped', reason: 'method_not_allowed' }],
  [410, { result: 'gone', reason: 'gone', status: 'disabled' }],
  [413, { result: 'content_refused', reason: 'too_large' }],
  [422, { result: 'content_refused', reason: 'unprocessable' }],
]);
/** Reasons are labels of a metric: short words, no sentences. */
const CODE = /^[a-z][a-z0-9_]{0,39}$/;
const ID = /^\S{1,128}$/;
const STARTS_JSON = /^[[{"]/;

const idIn = (value: unknown): string | undefined => {
  const id = fieldsOf(value)?.['id'];
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && ID.test(text) ? text : undefined;
};

/** Half an answer proves nothing, and no answer at all is what proxies give. */
const accepted = ({ status, body }: Answered, { name }: Asked): SendResult => {
  const text = body.trim();
  if (text === '')
    return status === NO_CONTENT ? { result: 'accepted', id: name } : unknown('garbage');
  const json = parsed(text);
  if (json === undefined && STARTS_JSON.test(text)) return unknown('garbage');
  return { result: 'accepted', id: idIn(json?.value) ?? name };
};

const codeIn = (body: string, { secret }: Asked): string | undefined => {
  const code = fieldsOf(parsed(body)?.value)?.['code'];
  return typeof code === 'string' && CODE.test(code) && !code.includes(secret) ? code : undefined;
};

const later = (reason: string, waitMs: number | undefined): SendResult => ({
  result: 'later',
  reason,
  afterMs: waitMs ?? FLOOD_PAUSE_MS,
  pause: 'bot',
  ...(waitMs === undefined ? { grows: true } : {}),
});

const clientError = ({ status, body }: Answered, asked: Asked): SendResult => {
  // The receiver may have read enough of it.
  if (status === OUT_OF_TIME) return unknown('timeout');
  const found = STATUSES.get(status) ?? { result: 'refused', reason: `status_${status}` };
  const reason = codeIn(body, asked);
  return reason === undefined ? found : ({ ...found, reason } as SendResult);
};

const serverError = ({ status, retryAfter }: Answered, { now }: Asked): SendResult => {
  const waitMs = waitOf(retryAfter, now);
  return status === UNAVAILABLE && waitMs !== undefined
    ? later('unavailable', waitMs)
    : unknown('server_error');
};

const read = (answered: Answered, asked: Asked): SendResult => {
  const { status, retryAfter } = answered;
  if (status < 200) return unknown('garbage');
  if (status < 300) return accepted(answered, asked);
  // A message follows no redirection: whoever gives one has not taken it, and will take none.
  if (status < 400) return { result: 'bot_stopped', reason: 'redirected' };
  if (status === TOO_MANY_REQUESTS) return later('flood', waitOf(retryAfter, asked.now));
  return status < 500 ? clientError(answered, asked) : serverError(answered, asked);
};

/** What an exchange means for the sender; the table of answers in the README. */
export const classify = (exchanged: Exchanged, asked: Asked): SendResult => {
  if (exchanged.kind === 'not_sent') return UNREACHABLE;
  if (exchanged.kind === 'lost') return unknown(exchanged.reason);
  return read(exchanged, asked);
};
