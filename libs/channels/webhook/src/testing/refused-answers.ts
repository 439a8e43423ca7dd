import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';

const startedMs = Math.floor(Date.now() / 1000) * 1000;

/** When answers come: to the second, as dates are told. */
export const STARTED = new Date(startedMs).toISOString();
const IN_A_MINUTE = new Date(startedMs + 60_000).toUTCString();
const LONG_AGO = new Date(startedMs - 6 * 365 * 86_400_000).toUTCString();

const row = (
  status: number,
  result: SendResult,
  { body = '', retryAfter }: { readonly body?: string; readonly retryAfter?: string } = {},
): AnswerRow => ({
  title: `${status} ${body.slice(0, 60)} ${retryAfter === undefined ? '' : `Retry-After: ${retryAfter}`}`,
  answer: {
    status,
    body,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  },
  result,
});
const withBody = (status: number, body: string, result: SendResult): AnswerRow =>
  row(status, result, { body });
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const refused = (reason: string): SendResult => ({ result: 'refused', reason });
const gone = (reason: string): SendResult => ({ result: 'gone', reason, status: 'disabled' });
const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });
const later = (reason: string, afterMs: number): SendResult => ({
  result: 'later',
  reason,
  afterMs,
  pause: 'bot',
});

/** The answers of a receiver, all but acceptance: the table of the README, row by row, and what proxies put in between. */
export const refusals: readonly AnswerRow[] = [
  withBody(200, '{"id":"m-1"}', { result: 'accepted', id: 'm-1' }),
  row(410, gone('gone')),
  withBody(410, '{"code":"account_closed"}', gone('account_closed')),
  row(404, refused('not_found')),
  withBody(404, '{"code":"muted"}', refused('muted')),
  row(400, content('bad_request')),
  withBody(400, '{"code":"too_many_buttons"}', content('too_many_buttons')),
  row(422, content('unprocessable')),
  withBody(422, '{"code":"no_video"}', content('no_video')),
  row(413, content('too_large')),
  row(401, stopped('unauthorized')),
  row(403, stopped('forbidden')),
  withBody(403, '{"code":"plan_expired"}', stopped('plan_expired')),
  row(405, stopped('method_not_allowed')),
  row(301, stopped('redirected')),
  row(307, stopped('redirected')),
  row(429, later('flood', 7_000), { retryAfter: '7' }),
  {
    ...row(429, later('flood', 60_000), { retryAfter: IN_A_MINUTE }),
    title: '429 Retry-After: a date to come',
  },
  {
    ...row(429, later('flood', 100), { retryAfter: LONG_AGO }),
    title: '429 Retry-After: a date that is past',
  },
  row(429, later('flood', 3_600_000), { retryAfter: '86400' }),
  row(429, { ...later('flood', 2_000), grows: true } as SendResult),
  row(429, { ...later('flood', 2_000), grows: true } as SendResult, { retryAfter: 'soon' }),
  row(503, later('unavailable', 30_000), { retryAfter: '30' }),
  row(503, unknown('server_error')),
  row(503, unknown('server_error'), { retryAfter: 'soon' }),
  row(500, unknown('server_error')),
  withBody(502, '<html>', unknown('server_error')),
  row(504, unknown('server_error'), { retryAfter: '30' }),
  row(408, unknown('timeout')),
  row(402, refused('status_402')),
  withBody(409, '{"code":"in_another_chat"}', refused('in_another_chat')),
  withBody(404, '{"code":"A sentence is no code."}', refused('not_found')),
  withBody(404, '{"code":7}', refused('not_found')),
  withBody(404, '["muted"]', refused('not_found')),
];

/** The name of a message, for answers that give it none. */
export const NAME = 'the-name-of-the-message';

/** Answers that are acceptance, and the id that the message then has. */
export const acceptances: readonly (readonly [status: number, body: string, id: string])[] = [
  [200, '{"id":"m-1"}', 'm-1'],
  [201, '{"id":4711}', '4711'],
  [202, '{}', NAME],
  [200, '{"id":"with a space"}', NAME],
  [200, '{"id":""}', NAME],
  [200, `{"id":"${'x'.repeat(129)}"}`, NAME],
  [200, 'OK', NAME],
  [200, 'null', NAME],
  [200, '[]', NAME],
  [204, '', NAME],
];
