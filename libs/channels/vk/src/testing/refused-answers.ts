import type { SendResult } from '@crier/connector';
import type { AnswerRow } from '@crier/connector/testing';
import { PEER } from './peers.ts';

type Gone = Extract<SendResult, { result: 'gone' }>;

const MINUTE_MS = 60_000;
const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const refused = (reason: string): SendResult => ({ result: 'refused', reason });
const gone = (reason: string, status: Gone['status'] = 'disabled'): SendResult => ({
  result: 'gone',
  reason,
  status,
});
const again = (reason: string): SendResult => ({
  result: 'later',
  reason,
  afterMs: 2000,
  pause: 'recipient',
});
const slower = (reason: string, minutes: number): SendResult => ({
  result: 'later',
  reason,
  afterMs: minutes * MINUTE_MS,
  pause: 'bot',
  grows: true,
});
const tooFast: SendResult = { result: 'later', reason: 'too_fast', afterMs: 1000, pause: 'bot' };
const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });

type Row = readonly [code: number, message: string, result: SendResult];

/** VK's errors, with their words, and what they mean. */
const ROWS: readonly Row[] = [
  [901, "Can't send messages for users without permission", gone('not_allowed', 'unsubscribed')],
  [900, "Can't send messages for users from blacklist", gone('blacklisted', 'blocked')],
  [
    902,
    "Can't send messages to this user due to their privacy settings",
    gone('privacy_settings', 'unsubscribed'),
  ],
  [18, 'User was deleted or banned', gone('user_deleted')],
  [37, 'User was banned', gone('user_banned')],
  [1021, 'There is no conversation with the user', gone('no_conversation', 'unsubscribed')],
  [113, 'Invalid user id', gone('peer_unknown')],
  [100, 'One of the parameters specified was missing or invalid: peer_ids', gone('peer_unknown')],
  [936, 'Contact not found', gone('contact_not_found')],
  [917, "You don't have access to this chat", gone('chat_not_accessible')],
  [922, 'You left this chat', gone('left_chat')],
  [927, 'Chat does not exist', gone('chat_not_found')],
  [932, 'Your community can’t interact with this peer', gone('chat_not_accessible')],
  [945, 'Chat was disabled', gone('chat_disabled')],
  [946, 'Chat not supported', gone('chat_not_supported')],
  [950, 'Reply timed out', refused('reply_timed_out')],
  [911, 'Keyboard format is invalid', content('keyboard_invalid')],
  [914, 'Message is too long', content('message_too_long')],
  [910, "Can't sent this message, because it's too big", content('too_many_forwards')],
  [913, 'Too many forwarded messages', content('too_many_forwards')],
  [921, "Can't forward these messages", content('forward_impossible')],
  [940, 'Too many posts in messages', content('too_many_posts')],
  [
    100,
    'One of the parameters specified was missing or invalid: message is empty or invalid',
    content('bad_parameter'),
  ],
  [100, 'One of the parameters specified was missing or invalid', refused('bad_parameter')],
  [912, 'This is a chat bot feature, change this status in settings', stopped('chat_bot_off')],
  [943, 'Cannot use this intent', content('intent_not_allowed')],
  [944, 'Limits overflow for this intent', slower('intent_limit', 15)],
  [6, 'Too many requests per second', tooFast],
  [9, 'Flood control', slower('flood', 1)],
  [29, 'Rate limit reached', slower('quantity_limit', 15)],
  [984, 'Spam restriction', slower('spam_restriction', 15)],
  [14, 'Captcha needed', slower('captcha', 1)],
  [1, 'Unknown error occurred', again('unknown_error')],
  [10, 'Internal server error', again('internal_error')],
  [13, 'Runtime error occurred during code invocation', again('runtime_error')],
  [36, 'Method execution was interrupted due to timeout', again('timed_out')],
  [43, 'This section is temporary unavailable', again('section_down')],
  [5, 'User authorization failed', stopped('unauthorized')],
  [27, 'Group authorization failed', stopped('unauthorized')],
  [28, 'Application authorization failed', stopped('unauthorized')],
  [4, 'Incorrect signature', stopped('signature_invalid')],
  [7, 'Permission to perform this action is denied', stopped('not_permitted')],
  [15, 'Access denied', stopped('access_denied')],
  [20, 'Permission to perform this action is denied', stopped('not_permitted')],
  [203, 'Access to group denied', stopped('access_denied')],
  [8, 'Invalid request', content('bad_request')],
  [3, 'Unknown method passed', content('bad_request')],
  [12, 'Unable to compile code', content('bad_request')],
  [4242, 'Something new', again('general_error')],
];

const ofCall = ([code, message, result]: Row): AnswerRow => ({
  title: `${code} ${message}`,
  answer: {
    status: 200,
    body: JSON.stringify({
      error: {
        error_code: code,
        error_msg: message,
        request_params: [{ key: 'method', value: 'messages.send' }],
      },
    }),
  },
  result,
});

const ofPeer = ([code, description, result]: Row): AnswerRow => {
  const item = { peer_id: Number(PEER), message_id: 0, error: { code, description } };
  return {
    title: `${code} ${description}, beside the recipient`,
    answer: { status: 200, body: JSON.stringify({ response: [item] }) },
    result,
  };
};

const other = (title: string, status: number, body: string, result: SendResult): AnswerRow => ({
  title,
  answer: { status, body },
  result,
});

/** The whole table, of calls and of recipients, and what else may come. */
export const refusals: readonly AnswerRow[] = [
  other(
    'an acceptance',
    200,
    `{"response":[{"peer_id":${PEER},"message_id":811,"conversation_message_id":12}]}`,
    { result: 'accepted', id: '811' },
  ),
  ...ROWS.map(ofCall),
  ...ROWS.map(ofPeer),
  other(
    'an error under an error of HTTP',
    500,
    '{"error":{"error_code":10}}',
    again('internal_error'),
  ),
  other('429 of a proxy', 429, '<html>', tooFast),
  other('502 of a proxy', 502, '<html>', unknown('bad_gateway')),
  other('403 of a proxy', 403, '<html>', unknown('garbage')),
  other('an answer of nothing', 200, '{}', unknown('garbage')),
  other('an error of no code', 200, '{"error":"no"}', unknown('garbage')),
  other('an answer of another shape', 200, '{"response":{}}', unknown('garbage')),
  other('an answer about somebody else', 200, '{"response":[{"peer_id":1,"message_id":5}]}', {
    result: 'unknown',
    reason: 'unanswered',
  }),
  other('an answer of no message', 200, `{"response":[{"peer_id":${PEER}}]}`, unknown('garbage')),
  other('an id alone', 200, '{"response":811}', { result: 'accepted', id: '811' }),
];
