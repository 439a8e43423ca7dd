import type { Exchanged, SendResult } from '@crier/connector';
import { NO_ACCOUNT } from '../account.ts';
import { fieldsIn, textIn, type Fields } from '../json.ts';
import { pauseOf } from '../calls/retry-after.ts';
import { UNREACHABLE } from '../calls/classify.ts';

/** What the login gave: a token with its life, or the result of every message that would have needed one. */
export type Grant =
  { readonly token: string; readonly lifeMs: number } | { readonly failed: SendResult };

const TOKEN = /^[!-~]{1,16384}$/;
const DEFAULT_LIFE_S = 3600;
const MOST_LIFE_S = 86_400;
const HTTP_OK = 200;
const HTTP_TOO_MANY_REQUESTS = 429;
const HTTP_SERVER_ERROR = 500;

const away = (retryAfter: string | undefined, now: number): Grant => ({
  failed: { result: 'later', reason: 'login_unavailable', ...pauseOf(retryAfter, now) },
});

/** Life may be told as a number or, by older logins, as a text. */
const lifeOf = (seconds: unknown): number => {
  const told = Number(seconds ?? DEFAULT_LIFE_S);
  return Number.isFinite(told) && told > 0 ? Math.min(told, MOST_LIFE_S) : DEFAULT_LIFE_S;
};

const isRefusal = (status: number, fields: Fields | undefined): boolean =>
  status < HTTP_SERVER_ERROR &&
  status !== HTTP_TOO_MANY_REQUESTS &&
  textIn(fields?.['error']) !== '';

/** Reads an answer of the login. A message that waits for it has not left: nothing of it is in doubt. */
export const readGrant = (exchanged: Exchanged, now: number): Grant => {
  if (exchanged.kind === 'not_sent') return { failed: UNREACHABLE };
  if (exchanged.kind === 'lost') return away(undefined, now);
  const { status, body, retryAfter } = exchanged;
  const fields = fieldsIn(body);
  const token = textIn(fields?.['access_token']);
  if (status === HTTP_OK && TOKEN.test(token))
    return { token, lifeMs: lifeOf(fields?.['expires_in']) * 1000 };
  return isRefusal(status, fields) ? { failed: NO_ACCOUNT } : away(retryAfter, now);
};
