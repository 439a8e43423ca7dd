import type { SendResult } from '@crier/connector';
import type { ApiError, ApiSuccess } from '@grammyjs/types';
import type { Exchanged } from '@crier/connector';
import { REFUSALS } from './refusals.ts';

type Answered = Extract<Exchanged, { kind: 'answered' }>;

const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};
const TOO_MANY_REQUESTS = 429;
const UNNAMED_PAUSE_S = 5;

/** An answer of the Bot API; of a refusal, nothing is sure to be there. */
export type BotApiResponse = ApiSuccess<unknown> | (Partial<ApiError> & { readonly ok: false });

/** The body of an answer; `undefined` where it is none of the Bot API's. */
export const readResponse = (body: string): BotApiResponse | undefined => {
  try {
    const response = JSON.parse(body) as Partial<BotApiResponse> | null;
    return typeof response?.ok === 'boolean' ? (response as BotApiResponse) : undefined;
  } catch {
    return undefined;
  }
};

const idOf = (message: unknown): string => {
  const id = (message as { readonly message_id?: unknown } | null)?.message_id;
  return typeof id === 'number' ? String(id) : '';
};

// Several ids for an album, with commas between. An id may be 0: then the server sends a little later.
const idsOf = (result: unknown): string =>
  Array.isArray(result) ? result.map(idOf).join(',') : idOf(result);

const pauseOf = (...hints: readonly unknown[]): number => {
  const seconds = hints
    .filter((hint) => hint !== undefined)
    .map(Number)
    .find((hint) => Number.isFinite(hint) && hint >= 0);
  return Math.max(1, seconds ?? UNNAMED_PAUSE_S) * 1000;
};

const flood = (afterMs: number): SendResult => ({
  result: 'later',
  reason: 'flood',
  afterMs,
  pause: 'bot',
});

const refused = (status: number, description: string): SendResult => {
  const said = description.toLowerCase();
  const refusal = REFUSALS.find(
    ({ code, says }) => code === status && (says === undefined || said.includes(says)),
  );
  if (refusal !== undefined) return refusal.result;
  if (status === 500) return { result: 'unknown', reason: 'server_error' };
  return status > 500
    ? { result: 'unknown', reason: 'bad_gateway' }
    : { result: 'refused', reason: 'rejected' };
};

const unreadable = ({ status, retryAfter }: Answered): SendResult => {
  if (status === TOO_MANY_REQUESTS) return flood(pauseOf(retryAfter));
  return { result: 'unknown', reason: status >= 500 ? 'bad_gateway' : 'garbage' };
};

const classifyRefusal = (
  response: Exclude<BotApiResponse, { ok: true }>,
  answered: Answered,
): SendResult => {
  const status = response.error_code ?? answered.status;
  const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = response.parameters ?? {};
  if (status === TOO_MANY_REQUESTS) return flood(pauseOf(retryAfter, answered.retryAfter));
  if (Number.isSafeInteger(movedTo)) return { result: 'moved', address: String(movedTo) };
  return refused(status, response.description ?? '');
};

/** What an exchange means for the sender; the "treat as" column of Telegram's errors. */
export const classify = (exchanged: Exchanged): SendResult => {
  if (exchanged.kind === 'not_sent') return UNREACHABLE;
  if (exchanged.kind === 'lost') return { result: 'unknown', reason: exchanged.reason };
  const response = readResponse(exchanged.body);
  if (response === undefined) return unreadable(exchanged);
  return response.ok
    ? { result: 'accepted', id: idsOf(response.result) }
    : classifyRefusal(response, exchanged);
};
