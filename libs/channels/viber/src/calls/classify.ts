import type { Exchanged, SendResult } from '@crier/connector';
import { parseExactly, tokenText } from '../exact-json.ts';
import { FLOOD, GENERAL_ERROR, HOURLY_LIMIT, STATUSES, TOO_MANY_REQUESTS } from './statuses.ts';

const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};
const HTTP_TOO_MANY_REQUESTS = 429;
const HTTP_SERVER_ERROR = 500;

/** An answer of Viber's: what it says is judged by `status`, whatever the status of HTTP. */
export type ViberResponse = Readonly<Record<string, unknown>> & { readonly status: number };

/** The body of an answer; `undefined` where it is none of Viber's. */
export const readResponse = (body: string): ViberResponse | undefined => {
  const response = parseExactly(body);
  return typeof response?.['status'] === 'number' ? (response as ViberResponse) : undefined;
};

/** What Viber says about a status, for people; empty where it says nothing. */
export const statusMessage = (response: ViberResponse | undefined): string => {
  const message = response?.['status_message'];
  return typeof message === 'string' ? message : '';
};

const refused = (response: ViberResponse): SendResult => {
  const said = statusMessage(response).toLowerCase();
  if (said.includes('missing_auth_token')) return { result: 'bot_stopped', reason: 'unauthorized' };
  if (response.status === TOO_MANY_REQUESTS)
    return said.includes('without reply') ? HOURLY_LIMIT : FLOOD;
  return STATUSES.get(response.status) ?? GENERAL_ERROR;
};

const unreadable = (status: number): SendResult => {
  if (status === HTTP_TOO_MANY_REQUESTS) return FLOOD;
  return { result: 'unknown', reason: status >= HTTP_SERVER_ERROR ? 'bad_gateway' : 'garbage' };
};

/** What an exchange means for the sender; the "treat as" column of Viber's statuses. */
export const classify = (exchanged: Exchanged): SendResult => {
  if (exchanged.kind === 'not_sent') return UNREACHABLE;
  if (exchanged.kind === 'lost') return { result: 'unknown', reason: exchanged.reason };
  const response = readResponse(exchanged.body);
  if (response === undefined) return unreadable(exchanged.status);
  return response.status === 0
    ? { result: 'accepted', id: tokenText(response['message_token']) }
    : refused(response);
};

interface Failure {
  readonly receiver: string;
  readonly response: ViberResponse;
}

const failuresIn = (body: string): readonly Failure[] => {
  const list: unknown = readResponse(body)?.['failed_list'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const failure = each as { readonly receiver?: unknown; readonly status?: unknown } | null;
    return typeof failure?.receiver === 'string' && typeof failure.status === 'number'
      ? [{ receiver: failure.receiver, response: failure as ViberResponse }]
      : [];
  });
};

/** The same for a call to several receivers: who is on the list of failures was refused, the others were accepted. */
export const classifyEach = (
  exchanged: Exchanged,
  receivers: readonly string[],
): readonly SendResult[] => {
  const whole = classify(exchanged);
  if (whole.result !== 'accepted' || exchanged.kind !== 'answered')
    return receivers.map(() => whole);
  const failed = new Map(
    failuresIn(exchanged.body).map(({ receiver, response }) => [receiver, refused(response)]),
  );
  return receivers.map((receiver) => failed.get(receiver) ?? whole);
};
