import type { SendResult } from '@crier/connector';

const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const notNow = (reason: string): SendResult => ({ result: 'refused', reason });

const FLOOD_PAUSE_MS = 2000;
const GENERAL_PAUSE_MS = 2000;

/** Viber names no time to wait. */
export const FLOOD: SendResult = {
  result: 'later',
  reason: 'flood',
  afterMs: FLOOD_PAUSE_MS,
  pause: 'bot',
  grows: true,
};

/** This person has had a hundred messages of this clock hour without a reply. */
export const HOURLY_LIMIT: SendResult = notNow('hourly_limit');

/** Any status that Viber does not explain; whoever repeats this has to bound it. */
export const GENERAL_ERROR: SendResult = {
  result: 'later',
  reason: 'general_error',
  afterMs: GENERAL_PAUSE_MS,
  pause: 'recipient',
};

/** What Viber's statuses mean, by their number; 0 and 12 are read elsewhere. */
export const STATUSES: ReadonlyMap<number, SendResult> = new Map([
  [1, stopped('invalid_url')],
  [2, stopped('unauthorized')],
  [3, content('bad_data')],
  [4, content('missing_data')],
  [5, { result: 'gone', reason: 'not_registered', status: 'disabled' }],
  [6, { result: 'gone', reason: 'not_subscribed', status: 'unsubscribed' }],
  [7, stopped('account_blocked')],
  [8, stopped('account_not_found')],
  [9, stopped('account_suspended')],
  [10, stopped('webhook_not_set')],
  [11, notNow('no_suitable_device')],
  [13, notNow('client_too_old')],
  [14, content('version_incompatible')],
  [15, stopped('not_authorized')],
  [16, content('inchat_reply_not_allowed')],
  [17, content('not_inline')],
  [18, content('no_public_chat')],
  [19, stopped('cannot_broadcast')],
  [20, stopped('broadcast_not_allowed')],
]);

/** The status of too many requests; its text tells whose. */
export const TOO_MANY_REQUESTS = 12;

/** Reasons that forbid a bot nothing but to write to several at once. */
export const CANNOT_BROADCAST: ReadonlySet<string> = new Set([
  'cannot_broadcast',
  'broadcast_not_allowed',
]);
