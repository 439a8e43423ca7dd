import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';

const refusal = (
  status: number,
  description: string,
  parameters?: object,
): AnswerRow['answer'] => ({
  status,
  body: JSON.stringify({ ok: false, error_code: status, description, parameters }),
});
const row = (
  status: number,
  description: string,
  result: SendResult,
  parameters?: object,
): AnswerRow => ({
  title: `${status} ${description}`,
  answer: refusal(status, description, parameters),
  result,
});
const gone = (reason: string, status: 'blocked' | 'disabled' = 'disabled'): SendResult => ({
  result: 'gone',
  reason,
  status,
});
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const flood = (afterMs: number): SendResult => ({
  result: 'later',
  reason: 'flood',
  afterMs,
  pause: 'bot',
});
const mediaUrl: SendResult = {
  result: 'later',
  reason: 'media_url_failed',
  afterMs: 2000,
  pause: 'recipient',
};

/** Telegram's error table: what it answers, and what that means. */
export const refusals: readonly AnswerRow[] = [
  {
    title: 'an acceptance',
    answer: { status: 200, body: '{"ok":true,"result":{"message_id":42,"chat":{"id":5}}}' },
    result: { result: 'accepted', id: '42' },
  },
  row(403, 'Forbidden: bot was blocked by the user', gone('blocked', 'blocked')),
  row(403, 'Forbidden: user is deactivated', gone('deactivated')),
  row(403, "Forbidden: bot can't initiate conversation with a user", gone('never_started')),
  row(403, 'Forbidden: bot was kicked from the supergroup chat', gone('kicked')),
  row(403, 'Forbidden: bot is not a member of the channel chat', gone('kicked')),
  row(403, 'Forbidden: the group chat was deleted', gone('chat_deleted')),
  row(403, 'Forbidden: something new', gone('forbidden')),
  row(400, 'Bad Request: chat not found', gone('chat_not_found')),
  row(400, 'Bad Request: private chat not found', gone('chat_not_found')),
  row(400, 'Bad Request: PEER_ID_INVALID', gone('chat_not_found')),
  row(
    400,
    'Bad Request: group chat was upgraded to a supergroup chat',
    { result: 'moved', address: '-1001234567890' },
    { migrate_to_chat_id: -1001234567890 },
  ),
  row(400, 'Bad Request: reply markup is too long', content('markup_too_long')),
  row(400, "Bad Request: can't parse entities: Can't find end", content('cannot_parse')),
  row(400, 'Bad Request: message text is empty', content('text_empty')),
  row(400, 'Bad Request: message is too long', content('text_too_long')),
  row(400, 'Bad Request: BUTTON_URL_INVALID', content('button_invalid')),
  row(400, 'Bad Request: wrong HTTP URL specified', mediaUrl),
  row(400, 'Bad Request: failed to get HTTP URL content', mediaUrl),
  row(400, 'Bad Request: wrong type of the web page content', mediaUrl),
  row(400, 'Bad Request: wrong file identifier/HTTP URL specified', content('file_invalid')),
  row(400, 'Bad Request: FROZEN_METHOD_INVALID', stopped('frozen')),
  row(400, 'Bad Request: not enough rights', { result: 'refused', reason: 'bad_request' }),
  row(401, 'Unauthorized: invalid token specified', stopped('unauthorized')),
  row(404, 'Not Found: method not found', stopped('method_unknown')),
  row(404, 'Not Found', stopped('not_found')),
  row(409, 'Conflict: terminated by other getUpdates request', stopped('conflict')),
  row(413, 'Request Entity Too Large', content('too_large')),
  row(418, 'I am a teapot', { result: 'refused', reason: 'rejected' }),
  row(429, 'Too Many Requests: retry after 35', flood(35_000), { retry_after: 35 }),
  row(429, 'Too Many Requests', flood(5000)),
  {
    title: '429 of a proxy',
    answer: { status: 429, body: '<html>', headers: { 'retry-after': '7' } },
    result: flood(7000),
  },
  row(500, 'Internal Server Error: restart', {
    result: 'later',
    reason: 'restart',
    afterMs: 3000,
    pause: 'recipient',
  }),
  row(500, 'Internal Server Error', { result: 'unknown', reason: 'server_error' }),
  row(503, 'Service Unavailable', { result: 'unknown', reason: 'bad_gateway' }),
  {
    title: '502 of a proxy',
    answer: { status: 502, body: '<html>' },
    result: { result: 'unknown', reason: 'bad_gateway' },
  },
  {
    title: '403 of a proxy',
    answer: { status: 403, body: '<html>' },
    result: { result: 'unknown', reason: 'garbage' },
  },
  {
    title: 'an album',
    answer: { status: 200, body: '{"ok":true,"result":[{"message_id":7},{"message_id":8}]}' },
    result: { result: 'accepted', id: '7,8' },
  },
];
