import type { Exchanged, SendResult } from '@crier/connector';
import { FLOOD, type Refusal } from './refusals.ts';

/** A JSON object as it came. */
export type Fields = Readonly<Record<string, unknown>>;

/** An answer's status and body: of a request of its own, or of one item of a batch. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};
const HTTP_TOO_MANY_REQUESTS = 429;
const HTTP_SERVER_ERROR = 500;

/** A JSON object, or nothing. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;

/** What a body says; `undefined` where it is no JSON. */
export const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** What the Graph API says is wrong, for people; empty where it says nothing. */
export const messageIn = (error: Fields | undefined): string =>
  typeof error?.['message'] === 'string' ? error['message'] : '';

const unreadable = (status: number): SendResult => {
  if (status === HTTP_TOO_MANY_REQUESTS) return FLOOD;
  return { result: 'unknown', reason: status >= HTTP_SERVER_ERROR ? 'bad_gateway' : 'garbage' };
};

/** Reads answers of the Graph API: the "treat as" column of its error table. */
export class Classifier {
  readonly #refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    this.#refusals = refusals;
  }

  /** What an exchange means for the sender; `idField`: what an accepted request is answered with. */
  classify(exchanged: Exchanged, idField = 'message_id'): SendResult {
    if (exchanged.kind === 'not_sent') return UNREACHABLE;
    if (exchanged.kind === 'lost') return { result: 'unknown', reason: exchanged.reason };
    return this.answer(exchanged, idField);
  }

  answer({ status, body }: Answered, idField = 'message_id'): SendResult {
    const fields = fieldsOf(parsed(body));
    const error = fieldsOf(fields?.['error']);
    if (error !== undefined) return this.#refused(error, status);
    const id = fields?.[idField];
    return typeof id === 'string' && id !== '' ? { result: 'accepted', id } : unreadable(status);
  }

  #refused(error: Fields, status: number): SendResult {
    const said = messageIn(error).toLowerCase();
    const found = this.#refusals.find(
      ({ code, subcode, says }) =>
        code === error['code'] &&
        (subcode === undefined || subcode === error['error_subcode']) &&
        (says === undefined || said.includes(says)),
    );
    if (found !== undefined) return found.result;
    if (status === HTTP_TOO_MANY_REQUESTS) return FLOOD;
    return status >= HTTP_SERVER_ERROR
      ? { result: 'unknown', reason: 'server_error' }
      : { result: 'refused', reason: 'rejected' };
  }
}
