import type { SendResult } from '@crier/connector';

/** An error as VK names it, of a whole call or of one recipient. */
export interface VkError {
  readonly code: number;
  readonly message: string;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const gone = (
  reason: string,
  status: Extract<SendResult, { result: 'gone' }>['status'],
): SendResult => ({ result: 'gone', reason, status });
/** Surely not accepted, or recognised by its key if it was: to be sent again. */
const again = (reason: string): SendResult => ({
  result: 'later',
  reason,
  afterMs: 2 * SECOND_MS,
  pause: 'recipient',
});
const slower = (reason: string, afterMs: number): SendResult => ({
  result: 'later',
  reason,
  afterMs,
  pause: 'bot',
  grows: true,
});

/** Too many requests of this token in one second. */
export const TOO_FAST: SendResult = {
  result: 'later',
  reason: 'too_fast',
  afterMs: SECOND_MS,
  pause: 'bot',
};
const BAD_PARAMETER = 100;
const CANNOT_COMPILE = 12;
const UNKNOWN_PEER: SendResult = gone('peer_unknown', 'disabled');

/** The result for somebody whose address is no id of VK's. */
export const NO_PEER = UNKNOWN_PEER;

/** What VK's errors mean, by their code; 100 is read by its words. */
const REFUSALS: ReadonlyMap<number, SendResult> = new Map([
  [1, again('unknown_error')],
  [3, content('bad_request')],
  [4, stopped('signature_invalid')],
  [5, stopped('unauthorized')],
  [6, TOO_FAST],
  [7, stopped('not_permitted')],
  [8, content('bad_request')],
  [9, slower('flood', MINUTE_MS)],
  [10, again('internal_error')],
  [12, content('bad_request')],
  [13, again('runtime_error')],
  [14, slower('captcha', MINUTE_MS)],
  [15, stopped('access_denied')],
  [18, gone('user_deleted', 'disabled')],
  [20, stopped('not_permitted')],
  [27, stopped('unauthorized')],
  [28, stopped('unauthorized')],
  [29, slower('quantity_limit', 15 * MINUTE_MS)],
  [36, again('timed_out')],
  [37, gone('user_banned', 'disabled')],
  [43, again('section_down')],
  [113, UNKNOWN_PEER],
  [203, stopped('access_denied')],
  [900, gone('blacklisted', 'blocked')],
  [901, gone('not_allowed', 'unsubscribed')],
  [902, gone('privacy_settings', 'unsubscribed')],
  [910, content('too_many_forwards')],
  [911, content('keyboard_invalid')],
  [912, stopped('chat_bot_off')],
  [913, content('too_many_forwards')],
  [914, content('message_too_long')],
  [917, gone('chat_not_accessible', 'disabled')],
  [921, content('forward_impossible')],
  [922, gone('left_chat', 'disabled')],
  [927, gone('chat_not_found', 'disabled')],
  [932, gone('chat_not_accessible', 'disabled')],
  [936, gone('contact_not_found', 'disabled')],
  [940, content('too_many_posts')],
  [943, content('intent_not_allowed')],
  [944, slower('intent_limit', 15 * MINUTE_MS)],
  [945, gone('chat_disabled', 'disabled')],
  [946, gone('chat_not_supported', 'disabled')],
  [950, { result: 'refused', reason: 'reply_timed_out' }],
  [984, slower('spam_restriction', 15 * MINUTE_MS)],
  [1021, gone('no_conversation', 'unsubscribed')],
]);

const OF_A_PEER = /\b(peer|user)s?(_ids?)?\b/i;
const OF_CONTENT = /\b(message|attachments?|keyboard|template|random_id|payload|code)\b/i;

const badParameter = (message: string): SendResult => {
  if (OF_A_PEER.test(message)) return UNKNOWN_PEER;
  return OF_CONTENT.test(message)
    ? content('bad_parameter')
    : { result: 'refused', reason: 'bad_parameter' };
};

/** The meaning of an error; whoever repeats one that VK does not explain has to bound it. */
export const refusalOf = ({ code, message }: VkError): SendResult =>
  code === BAD_PARAMETER ? badParameter(message) : (REFUSALS.get(code) ?? again('general_error'));

/** True where one recipient may be to blame for the error of a call of many. */
export const mayBeOnePeer = ({ code, message }: VkError): boolean =>
  code === BAD_PARAMETER
    ? badParameter(message).result !== 'content_refused'
    : code === 113 || code === 936;

/** True where one call may be to blame for the error of a program of many. */
export const mayBeOneCall = (error: VkError): boolean =>
  error.code === CANNOT_COMPILE || error.code === BAD_PARAMETER || mayBeOnePeer(error);
