import type { Exchanged, SendResult } from '@crier/connector';
import { fieldsIn, fieldsOf, textIn, type Fields } from '../json.ts';
import { refusalOf } from './refusals.ts';
import { pauseOf } from './retry-after.ts';

type Answered = Extract<Exchanged, { kind: 'answered' }>;

export const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};

const TOO_LARGE: SendResult = { result: 'content_refused', reason: 'message_too_large' };
export const HTTP_UNAUTHORIZED = 401;
const HTTP_TOO_LARGE = 413;
const HTTP_TOO_MANY_REQUESTS = 429;
const HTTP_SERVER_ERROR = 500;
const TEMPORARY: readonly number[] = [502, 503, 504];

const unknown = (reason: string): SendResult => ({ result: 'unknown', reason });

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** The code of an error and the finer ones beside and below it. */
const codesIn = (body: Fields, error: Fields): readonly string[] => {
  const inner = fieldsOf(fieldsOf(error['innerHttpError'])['body']);
  return [body, error, inner, fieldsOf(inner['error'])]
    .flatMap((fields) => [fields['subCode'], fields['subcode'], fields['code']])
    .map(textIn)
    .filter((code) => code !== '');
};

const refused = ({ status, retryAfter }: Answered, codes: readonly string[], now: number) => {
  const known = refusalOf(status, codes);
  if (known !== undefined) return known;
  // Errors that the Connector itself has written: asked to try again, one is.
  if (TEMPORARY.includes(status))
    return { result: 'later', reason: 'unavailable', ...pauseOf(retryAfter, now) } as const;
  if (status >= HTTP_SERVER_ERROR) return unknown('unexplained');
  return { result: 'refused', reason: 'unexplained' } as const;
};

const read = (answered: Answered, now: number): SendResult => {
  const { status, body: text } = answered;
  const body = fieldsIn(text);
  const error = fieldsOf(body?.['error']);
  if (body !== undefined && isSuccess(status))
    return { result: 'accepted', id: textIn(body['id']) };
  if (textIn(error['code']) !== '') return refused(answered, codesIn(body ?? {}, error), now);
  if (status === HTTP_UNAUTHORIZED) return refused(answered, [], now);
  return unknown(status >= HTTP_SERVER_ERROR ? 'bad_gateway' : 'garbage');
};

/** What an exchange means for the sender; the "treat as" column of the Connector's errors. `now`: milliseconds since 1970. */
export const classify = (exchanged: Exchanged, now: number): SendResult => {
  if (exchanged.kind === 'not_sent') return UNREACHABLE;
  if (exchanged.kind === 'lost') return unknown(exchanged.reason);
  const { status, retryAfter } = exchanged;
  // Whoever says these has not let the message through.
  if (status === HTTP_TOO_LARGE) return TOO_LARGE;
  if (status === HTTP_TOO_MANY_REQUESTS)
    return { result: 'later', reason: 'flood', ...pauseOf(retryAfter, now) };
  return read(exchanged, now);
};
