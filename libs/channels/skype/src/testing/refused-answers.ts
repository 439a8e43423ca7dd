import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';

/** When answers come, in milliseconds since 1970, and to the second, as dates are told. */
export const STARTED = Math.floor(Date.now() / 1000) * 1000;
const dateIn = (seconds: number): string => new Date(STARTED + seconds * 1000).toUTCString();

const row = (status: number, code: string, result: SendResult, more: object = {}): AnswerRow => ({
  title: `${status} ${code}`,
  answer: { status, body: JSON.stringify({ error: { code, message: 'no', ...more } }) },
  result,
});
const page = (status: number, result: SendResult): AnswerRow => ({
  title: `${status} of a proxy`,
  answer: { status, body: '<html>' },
  result,
});
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const notNow = (reason: string): SendResult => ({ result: 'refused', reason });
const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });
const gone = (reason: string): SendResult => ({ result: 'gone', reason, status: 'disabled' });
const blocked: SendResult = { result: 'gone', reason: 'blocked', status: 'blocked' };
const pausing = (reason: string, more: object): SendResult =>
  ({ result: 'later', reason, pause: 'bot', ...more }) as SendResult;
const waiting = (reason: string, afterMs: number): SendResult => ({
  result: 'later',
  reason,
  afterMs,
  pause: 'recipient',
});
const unavailable = pausing('unavailable', { afterMs: 2000, grows: true });

const throttled = (retryAfter: string, more: object, title = `"${retryAfter}"`): AnswerRow => ({
  title: `429 Throttled, again after ${title}`,
  answer: {
    status: 429,
    body: '{"error":{"code":"Throttled","message":"Too many requests"}}',
    headers: { 'retry-after': retryAfter },
  },
  result: pausing('flood', more),
});

/** The Connector's errors: what it answers, and what that means. 401 is asked elsewhere, since it is asked twice. */
export const refusals: readonly AnswerRow[] = [
  {
    title: 'an acceptance',
    answer: { status: 201, body: '{"id":"1485983408511"}' },
    result: { result: 'accepted', id: '1485983408511' },
  },
  row(400, 'BadArgument', content('bad_argument')),
  row(400, 'Bad Argument', content('bad_argument')),
  row(400, 'BadSyntax', content('bad_syntax')),
  row(400, 'SomethingNew', notNow('bad_request')),
  row(403, 'ConversationBlockedByUser', blocked),
  row(403, 'MessageWritesBlocked', blocked),
  row(403, 'Forbidden', blocked, { subCode: 'MessageWritesBlocked' }),
  row(403, 'ServiceError', blocked, {
    innerHttpError: { statusCode: 403, body: { subCode: 'MessageWritesBlocked' } },
  }),
  row(403, 'BotNotInConversationRoster', gone('not_in_conversation')),
  row(403, 'ForbiddenOperationException', gone('operation_forbidden')),
  row(403, 'BotDisabledByAdmin', stopped('disabled_by_admin')),
  row(403, 'NotEnoughPermissions', stopped('not_enough_permissions')),
  row(403, 'SomethingNew', notNow('forbidden')),
  row(404, 'ConversationNotFound', gone('conversation_not_found')),
  row(404, 'ActivityNotFoundInConversation', gone('activity_not_found')),
  row(404, 'SomethingNew', notNow('not_found')),
  row(405, 'MethodNotAllowed', stopped('operation_not_supported')),
  row(409, 'SomethingNew', notNow('unexplained')),
  row(412, 'PreconditionFailed', waiting('precondition_failed', 2000)),
  row(413, 'MessageSizeTooBig', content('message_too_large')),
  throttled('7', { afterMs: 7000 }),
  throttled('0', { afterMs: 100 }),
  throttled(dateIn(20), { afterMs: 20_000 }, 'a date to come'),
  throttled(dateIn(-3600), { afterMs: 100 }, 'a date that is past'),
  throttled('9999999', { afterMs: 3_600_000 }),
  throttled('soon', { afterMs: 2000, grows: true }),
  row(429, 'Throttled', pausing('flood', { afterMs: 2000, grows: true })),
  row(500, 'ServiceError', waiting('service_error', 60_000)),
  row(501, 'SomethingNew', unknown('unexplained')),
  row(502, 'BadGateway', unavailable),
  row(503, 'ServiceUnavailable', unavailable),
  row(504, 'GatewayTimeout', unavailable),
  {
    title: '503 with a time',
    answer: { status: 503, body: '{"error":{"code":"x"}}', headers: { 'retry-after': '3' } },
    result: pausing('unavailable', { afterMs: 3000 }),
  },
  page(403, unknown('garbage')),
  page(413, content('message_too_large')),
  page(429, pausing('flood', { afterMs: 2000, grows: true })),
  page(500, unknown('bad_gateway')),
  page(502, unknown('bad_gateway')),
  {
    title: 'an acceptance without an id',
    answer: { status: 202, body: '{}' },
    result: { result: 'accepted', id: '' },
  },
];
