import type { Bots } from './bots.ts';
import { hexOf } from './hash.ts';
import type { Entry, SendRecord } from './record.ts';

const LINES_AT_ONCE = 500;

/** How a channel writes the numbers of the record. */
export interface Names {
  readonly chat: (chat: number) => number | string;
  readonly message: (messageId: number) => number | string;
}

const AS_THEY_ARE: Names = { chat: (chat) => chat, message: (messageId) => messageId };

const lineOf = (entry: Entry, token: string, names: Names): string =>
  `${JSON.stringify({
    bot: token,
    chat: entry.chat === undefined ? null : names.chat(entry.chat),
    method: entry.method,
    at: Number(entry.at.toFixed(3)),
    accepted: entry.accepted,
    messageId: entry.accepted ? names.message(entry.messageId) : null,
    contentHash: hexOf(entry.contentHash),
    status: entry.status,
  })}\n`;

/**
 * The record from this index to its end of now, as NDJSON, some lines at a time. It ends early when
 * the record is cleared meanwhile.
 */
export function* recordLines(
  { record, bots }: { readonly record: SendRecord; readonly bots: Bots },
  since: number,
  names = AS_THEY_ARE,
): Generator<string> {
  const end = record.length;
  for (let index = since; index < end; index += LINES_AT_ONCE) {
    const stop = Math.min(index + LINES_AT_ONCE, end, record.length);
    let lines = '';
    for (let each = index; each < stop; each += 1) {
      const entry = record.entry(each);
      lines += lineOf(entry, bots.tokenOf(entry.bot), names);
    }
    yield lines;
  }
}

/** Arrivals of requests to send as one JSON array; `bot` and `from` (milliseconds since 1970) narrow it down. */
export function* startTimes(
  record: SendRecord,
  wanted: { readonly bot: number | undefined; readonly from: number },
): Generator<string> {
  const end = record.length;
  let separator = '';
  yield '[';
  for (let index = 0; index < end; index += LINES_AT_ONCE) {
    const stop = Math.min(index + LINES_AT_ONCE, end, record.length);
    let times = '';
    for (let each = index; each < stop; each += 1) {
      const { bot, at } = record.start(each);
      if (at < wanted.from || (wanted.bot !== undefined && wanted.bot !== bot)) continue;
      times += separator + String(Number(at.toFixed(3)));
      separator = ',';
    }
    yield times;
  }
  yield ']';
}
