import type { SendResult } from '@crier/connector';

/** One line of the table: `says` is looked for in the description, in lower case. */
export interface Refusal {
  readonly code: number;
  readonly says?: string;
  readonly result: SendResult;
}

const gone = (
  code: number,
  says: string,
  reason: string,
  status: 'blocked' | 'disabled' = 'disabled',
): Refusal => ({ code, says, result: { result: 'gone', reason, status } });

const content = (says: string, reason: string): Refusal => ({
  code: 400,
  says,
  result: { result: 'content_refused', reason },
});

const stopped = (code: number, reason: string, says?: string): Refusal => ({
  code,
  ...(says === undefined ? {} : { says }),
  result: { result: 'bot_stopped', reason },
});

// Telegram could not fetch a file just now. The file may be wrong for good: whoever repeats this has to bound it.
const mediaUrl = (says: string): Refusal => ({
  code: 400,
  says,
  result: { result: 'later', reason: 'media_url_failed', afterMs: 2000, pause: 'recipient' },
});

/** What Telegram's refusals mean; the first line that fits counts. Flood and moved chats are read elsewhere. */
export const REFUSALS: readonly Refusal[] = [
  gone(403, 'blocked by the user', 'blocked', 'blocked'),
  gone(403, 'user is deactivated', 'deactivated'),
  gone(403, "can't initiate conversation", 'never_started'),
  gone(403, 'chat was deleted', 'chat_deleted'),
  gone(403, 'was kicked', 'kicked'),
  gone(403, 'not a member', 'kicked'),
  gone(403, '', 'forbidden'),
  gone(400, 'chat not found', 'chat_not_found'),
  gone(400, 'peer_id_invalid', 'chat_not_found'),
  gone(400, 'chat was deleted', 'chat_deleted'),
  gone(400, 'user is deactivated', 'deactivated'),
  mediaUrl('wrong http url specified'),
  mediaUrl('failed to get http url content'),
  mediaUrl('wrong type of the web page content'),
  mediaUrl('webpage_'),
  content('reply markup is too long', 'markup_too_long'),
  content("can't parse inline keyboard", 'button_invalid'),
  content("can't parse", 'cannot_parse'),
  content('entity_', 'cannot_parse'),
  content('text is empty', 'text_empty'),
  content('text must be non-empty', 'text_empty'),
  content('message is too long', 'text_too_long'),
  content('caption is too long', 'text_too_long'),
  content('button_', 'button_invalid'),
  content('wrong file identifier', 'file_invalid'),
  content('wrong remote file', 'file_invalid'),
  content("can't use file of type", 'file_invalid'),
  content('file is too big', 'file_invalid'),
  stopped(400, 'frozen', 'frozen_method_invalid'),
  { code: 400, says: 'query is too old', result: { result: 'refused', reason: 'query_too_old' } },
  { code: 400, result: { result: 'refused', reason: 'bad_request' } },
  stopped(401, 'unauthorized'),
  stopped(404, 'method_unknown', 'method not found'),
  stopped(404, 'not_found'),
  stopped(409, 'conflict'),
  { code: 413, result: { result: 'content_refused', reason: 'too_large' } },
  {
    code: 500,
    says: 'restart',
    result: { result: 'later', reason: 'restart', afterMs: 3000, pause: 'recipient' },
  },
];
