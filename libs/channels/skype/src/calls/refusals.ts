import type { SendResult } from '@crier/connector';

const content = (reason: string): SendResult => ({ result: 'content_refused', reason });
const stopped = (reason: string): SendResult => ({ result: 'bot_stopped', reason });
const gone = (reason: string, status: 'blocked' | 'disabled' = 'disabled'): SendResult => ({
  result: 'gone',
  reason,
  status,
});

const PRECONDITION_PAUSE_MS = 2000;
/** "Should not be retried", says Microsoft; most of the time once is enough to know. */
const SERVICE_ERROR_PAUSE_MS = 60_000;

/** What the Connector's codes mean, by status and code; codes in small letters, without spaces. */
const BY_CODE: ReadonlyMap<string, SendResult> = new Map([
  ['400 badargument', content('bad_argument')],
  ['400 badsyntax', content('bad_syntax')],
  ['403 conversationblockedbyuser', gone('blocked', 'blocked')],
  ['403 messagewritesblocked', gone('blocked', 'blocked')],
  // Both until the person does something at the bot again.
  ['403 botnotinconversationroster', gone('not_in_conversation')],
  ['403 forbiddenoperationexception', gone('operation_forbidden')],
  ['403 botdisabledbyadmin', stopped('disabled_by_admin')],
  ['403 notenoughpermissions', stopped('not_enough_permissions')],
  ['404 conversationnotfound', gone('conversation_not_found')],
  ['404 activitynotfoundinconversation', gone('activity_not_found')],
]);

/** What is meant by a status whose code says no more. */
const BY_STATUS: ReadonlyMap<number, SendResult> = new Map<number, SendResult>([
  [400, { result: 'refused', reason: 'bad_request' }],
  [401, stopped('unauthorized')],
  [403, { result: 'refused', reason: 'forbidden' }],
  [404, { result: 'refused', reason: 'not_found' }],
  [405, stopped('operation_not_supported')],
  [
    412,
    {
      result: 'later',
      reason: 'precondition_failed',
      afterMs: PRECONDITION_PAUSE_MS,
      pause: 'recipient',
    },
  ],
  [
    500,
    {
      result: 'later',
      reason: 'service_error',
      afterMs: SERVICE_ERROR_PAUSE_MS,
      pause: 'recipient',
    },
  ],
]);

/** The meaning of a refusal; `codes`: all that its body names. */
export const refusalOf = (status: number, codes: readonly string[]): SendResult | undefined =>
  codes
    .map((code) => BY_CODE.get(`${status} ${code.replaceAll(/\s/g, '').toLowerCase()}`))
    .find((known) => known !== undefined) ?? BY_STATUS.get(status);
