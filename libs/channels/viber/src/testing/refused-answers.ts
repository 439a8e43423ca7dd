import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';

const row = (status: number, message: string, result: SendResult): AnswerRow => ({
  title: `${status} ${message}`,
  answer: { status: 200, body: JSON.stringify({ status, status_message: message }) },
  result,
});
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const notNow = (reason: string): SendResult => ({ result: 'refused', reason });
const flood: SendResult = {
  result: 'later',
  reason: 'flood',
  afterMs: 2000,
  pause: 'bot',
  grows: true,
};
const general: SendResult = {
  result: 'later',
  reason: 'general_error',
  afterMs: 2000,
  pause: 'recipient',
};
const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });

/** Viber's statuses: what it answers, and what that means. */
export const refusals: readonly AnswerRow[] = [
  {
    title: 'an acceptance, under a token kept to the last digit',
    answer: {
      status: 200,
      body: '{"status": 0, "status_message": "ok", "message_token": 5741311803571721087, "chat_hostname": "SN-CHAT-01_", "billing_status": 1}',
    },
    result: { result: 'accepted', id: '5741311803571721087' },
  },
  row(1, 'invalidUrl', stopped('invalid_url')),
  row(2, 'invalidAuthToken', stopped('unauthorized')),
  row(3, 'badData', content('bad_data')),
  row(4, 'missingData', content('missing_data')),
  row(5, 'receiverNotRegistered', {
    result: 'gone',
    reason: 'not_registered',
    status: 'disabled',
  }),
  row(6, 'receiverNotSubscribed', {
    result: 'gone',
    reason: 'not_subscribed',
    status: 'unsubscribed',
  }),
  row(7, 'publicAccountBlocked', stopped('account_blocked')),
  row(8, 'publicAccountNotFound', stopped('account_not_found')),
  row(9, 'publicAccountSuspended', stopped('account_suspended')),
  row(10, 'webhookNotSet', stopped('webhook_not_set')),
  row(11, 'receiverNoSuitableDevice', notNow('no_suitable_device')),
  row(
    12,
    'maximum messages from Public Account to Viber user without reply exceeded.',
    notNow('hourly_limit'),
  ),
  row(12, 'tooManyRequests', flood),
  row(13, 'apiVersionNotSupported', notNow('client_too_old')),
  row(14, 'incompatibleWithVersion', content('version_incompatible')),
  row(15, 'publicAccountNotAuthorized', stopped('not_authorized')),
  row(16, 'inchatReplyMessageNotAllowed', content('inchat_reply_not_allowed')),
  row(17, 'publicAccountIsNotInline', content('not_inline')),
  row(18, 'noPublicChat', content('no_public_chat')),
  row(19, 'cannotSendBroadcast', stopped('cannot_broadcast')),
  row(20, 'broadcastNotAllowed', stopped('broadcast_not_allowed')),
  row(21, 'something new', general),
  row(-1, 'general error', general),
  row(2, 'missing_auth_token', stopped('unauthorized')),
  row(3, 'missing_auth_token', stopped('unauthorized')),
  {
    title: 'a status without a word',
    answer: { status: 200, body: '{"status":6}' },
    result: { result: 'gone', reason: 'not_subscribed', status: 'unsubscribed' },
  },
  {
    title: 'a status under an error of HTTP',
    answer: { status: 400, body: '{"status":3,"status_message":"badData"}' },
    result: content('bad_data'),
  },
  { title: '429 of a proxy', answer: { status: 429, body: '<html>' }, result: flood },
  {
    title: '502 of a proxy',
    answer: { status: 502, body: '<html>' },
    result: unknown('bad_gateway'),
  },
  { title: '403 of a proxy', answer: { status: 403, body: '<html>' }, result: unknown('garbage') },
  {
    title: 'an answer without a status',
    answer: { status: 200, body: '{}' },
    result: unknown('garbage'),
  },
  {
    title: 'an acceptance without a token',
    answer: { status: 200, body: '{"status":0,"status_message":"ok"}' },
    result: { result: 'accepted', id: '' },
  },
];
