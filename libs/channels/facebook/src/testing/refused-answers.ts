import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';

const answer = (status: number, error: object): AnswerRow['answer'] => ({
  status,
  body: JSON.stringify({
    error: { message: '(#…)', type: 'OAuthException', fbtrace_id: 'BLBz', ...error },
  }),
});

/** An error by code and, after a slash, subcode. */
const row = (
  code: string,
  result: SendResult,
  { status = 400, says = '' }: { readonly status?: number; readonly says?: string } = {},
): AnswerRow => {
  const [number, subcode] = code.split('/').map(Number);
  return {
    title: says === '' ? code : `${code} ${says}`,
    answer: answer(status, {
      code: number,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(says === '' ? {} : { message: says }),
    }),
    result,
  };
};

const gone = (reason: string, status: 'blocked' | 'disabled' = 'blocked'): SendResult => ({
  result: 'gone',
  reason,
  status,
});
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const notNow = (reason: string): SendResult => ({ result: 'refused', reason });
const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });
const paused = (reason: string, afterMs: number): SendResult => ({
  result: 'later',
  reason,
  afterMs,
  pause: 'bot',
  grows: true,
});
const later = (reason: string): SendResult => ({
  result: 'later',
  reason,
  afterMs: 3000,
  pause: 'recipient',
});
const flood = paused('flood', 5000);

const page = (status: number, result: SendResult): AnswerRow => ({
  title: `${status} of a proxy`,
  answer: { status, body: '<html>' },
  result,
});

/** The Graph API's errors: what it answers, and what that means. */
export const refusals: readonly AnswerRow[] = [
  {
    title: 'an acceptance',
    answer: {
      status: 200,
      body: '{"recipient_id":"1254477777772919","message_id":"m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM"}',
    },
    result: { result: 'accepted', id: 'm_AG5Hz2Uq7tuwNEhXfYYKj8mJEM' },
  },
  row('551', gone('unavailable'), { says: "(#551) This person isn't available right now." }),
  row('551/1545041', gone('unavailable')),
  row('200/1545041', gone('unavailable'), { status: 403 }),
  row('100/2018001', gone('no_such_user', 'disabled'), {
    says: '(#100) No matching user found',
  }),
  row('230', gone('not_permitted'), { says: '(#230) Permissions disallow message to user' }),
  row('230', stopped('permission_missing'), {
    says: '(#230) Requires pages_messaging permission to manage the object',
  }),
  row('10/2018278', notNow('outside_window'), {
    says: '(#10) This message is sent outside of allowed window.',
  }),
  row('10/2018065', notNow('outside_window')),
  row('10/2018108', stopped('app_not_live')),
  row('10/1893063', paused('page_restricted', 1_800_000)),
  row('10', stopped('permission_missing'), { status: 403 }),
  row('10/2018028', stopped('permission_missing')),
  row('200', stopped('permission_missing'), { status: 403 }),
  row('200/2018027', stopped('permission_missing')),
  row('200/2018021', stopped('permission_missing')),
  row('190', stopped('unauthorized'), { says: 'Error validating access token' }),
  row('190/463', stopped('unauthorized'), { status: 401 }),
  row('4', flood, { says: '(#4) Application request limit reached' }),
  row('4/2018022', flood),
  row('613', flood, { says: '(#613) Calls to this api have exceeded the rate limit.' }),
  row('613', stopped('abuse_warning'), {
    says: 'Messages were found Bothersome or Abusive by people',
  }),
  row('17', flood),
  row('32', flood),
  row('80006', flood),
  row('4/2018354', notNow('too_often')),
  row('9/2018352', notNow('too_often')),
  row('368', stopped('policy_block')),
  row('2022', stopped('commerce_disabled')),
  row('10904', stopped('messages_off')),
  row('100', content('invalid_parameter'), { says: '(#100) Message cannot be empty' }),
  row('100/2018032', content('invalid_parameter')),
  row('100/2018109', content('attachment_too_large')),
  row('100', stopped('app_secret_proof'), {
    says: 'API calls from the server require an appsecret_proof argument',
  }),
  row('1200', later('temporary_failure')),
  row('2', later('unexpected_error'), { status: 500 }),
  row('1', later('unknown_error'), { status: 500 }),
  row('1/99', later('unknown_error'), { status: 500 }),
  row('1/1357046', unknown('invalid_reply'), { status: 500 }),
  row('31337', unknown('server_error'), { status: 500 }),
  row('31337', notNow('rejected')),
  row('31337', flood, { status: 429 }),
  page(429, flood),
  page(502, unknown('bad_gateway')),
  page(403, unknown('garbage')),
  {
    title: 'an error without a code',
    answer: { status: 503, body: '{"error":{}}' },
    result: unknown('server_error'),
  },
  {
    title: 'an answer without an id',
    answer: { status: 200, body: '{"recipient_id":"1254477777772919"}' },
    result: unknown('garbage'),
  },
];
