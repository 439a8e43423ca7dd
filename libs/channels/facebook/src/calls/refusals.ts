import type { SendResult } from '@crier/connector';

/** One line of the table. `subcode` and `says` (looked for in the message, in lower case): any, where absent. */
export interface Refusal {
  readonly code: number;
  readonly subcode?: number;
  readonly says?: string;
  readonly result: SendResult;
}

type Which = Omit<Refusal, 'code' | 'result'>;

const RATE_PAUSE_MS = 5_000;
const TEMPORARY_PAUSE_MS = 3_000;

/** The Page is too fast; Meta names no time to wait. */
export const FLOOD: SendResult = {
  result: 'later',
  reason: 'flood',
  afterMs: RATE_PAUSE_MS,
  pause: 'bot',
  grows: true,
};

const flood = (code: number, which: Which = {}): Refusal => ({ code, ...which, result: FLOOD });

const gone = (
  code: number,
  reason: string,
  which: Which & { readonly status?: 'blocked' | 'disabled' } = {},
): Refusal => {
  const { status = 'blocked', ...rest } = which;
  return { code, ...rest, result: { result: 'gone', reason, status } };
};

const notNow = (code: number, subcode: number, reason: string): Refusal => ({
  code,
  subcode,
  result: { result: 'refused', reason },
});

const stopped = (code: number, reason: string, which: Which = {}): Refusal => ({
  code,
  ...which,
  result: { result: 'bot_stopped', reason },
});

const content = (code: number, reason: string, which: Which = {}): Refusal => ({
  code,
  ...which,
  result: { result: 'content_refused', reason },
});

const temporary = (code: number, reason: string): Refusal => ({
  code,
  result: { result: 'later', reason, afterMs: TEMPORARY_PAUSE_MS, pause: 'recipient' },
});

const restricted = (afterMs: number): Refusal => ({
  code: 10,
  subcode: 1893063,
  result: { result: 'later', reason: 'page_restricted', afterMs, pause: 'bot', grows: true },
});

/** What the Graph API's errors mean; the first line that fits counts. `restrictedPauseMs`: of a restricted Page. */
export const refusalsFor = (restrictedPauseMs: number): readonly Refusal[] => [
  gone(551, 'unavailable'),
  gone(200, 'unavailable', { subcode: 1545041 }),
  gone(100, 'no_such_user', { subcode: 2018001, status: 'disabled' }),
  stopped(230, 'permission_missing', { says: 'pages_messaging' }),
  gone(230, 'not_permitted'),
  notNow(10, 2018278, 'outside_window'),
  notNow(10, 2018065, 'outside_window'),
  stopped(10, 'app_not_live', { subcode: 2018108 }),
  restricted(restrictedPauseMs),
  stopped(10, 'permission_missing'),
  stopped(200, 'permission_missing'),
  stopped(190, 'unauthorized'),
  notNow(4, 2018354, 'too_often'),
  notNow(9, 2018352, 'too_often'),
  // A warning: to go on would cost the Page its right to send.
  stopped(613, 'abuse_warning', { says: 'bothersome or abusive' }),
  flood(613),
  flood(4),
  // Limits of a user token, of a Page, and of a business's Messenger calls (Graph API, "Rate limits").
  flood(17),
  flood(32),
  flood(80006),
  stopped(368, 'policy_block'),
  stopped(2022, 'commerce_disabled'),
  stopped(10904, 'messages_off'),
  content(100, 'attachment_too_large', { subcode: 2018109 }),
  stopped(100, 'app_secret_proof', { says: 'appsecret_proof' }),
  content(100, 'invalid_parameter'),
  temporary(1200, 'temporary_failure'),
  // It may also be that the person blocked the Page: whoever repeats this has to bound it.
  temporary(2, 'unexpected_error'),
  // Reported for messages that were sent all the same.
  { code: 1, subcode: 1357046, result: { result: 'unknown', reason: 'invalid_reply' } },
  temporary(1, 'unknown_error'),
];
