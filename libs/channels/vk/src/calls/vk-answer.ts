import type { Exchanged, SendResult } from '@crier/connector';
import { TOO_FAST, refusalOf, type VkError } from './refusals.ts';

/** What VK answers, whatever the status of HTTP. */
export type VkAnswer =
  | { readonly error: VkError }
  | {
      readonly response: unknown;
      /** Of the calls of a program, in their order. */
      readonly executeErrors: readonly VkError[];
    };

type Fields = Readonly<Record<string, unknown>>;

const HTTP_TOO_MANY_REQUESTS = 429;
const HTTP_SERVER_ERROR = 500;
const UNREACHABLE: SendResult = {
  result: 'later',
  reason: 'unreachable',
  afterMs: 1000,
  pause: 'bot',
};

/** The fields of a JSON object; none of anything else. */
export const fieldsIn = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const errorIn = (value: unknown): VkError | undefined => {
  const { error_code: code, error_msg: message } = fieldsIn(value);
  return typeof code === 'number'
    ? { code, message: typeof message === 'string' ? message : '' }
    : undefined;
};

const parsed = (body: string): Fields => {
  try {
    return fieldsIn(JSON.parse(body));
  } catch {
    return {};
  }
};

/** The body of an answer; `undefined` where it is none of VK's. */
export const readAnswer = (body: string): VkAnswer | undefined => {
  const fields = parsed(body);
  const error = errorIn(fields['error']);
  if (error !== undefined) return { error };
  if (!('response' in fields)) return undefined;
  const errors: unknown = fields['execute_errors'];
  const executeErrors = Array.isArray(errors)
    ? errors.map((each) => errorIn(each) ?? { code: 1, message: '' })
    : [];
  return { response: fields['response'], executeErrors };
};

/** The answer of an exchange, or what it means that there is none. */
export const answerOf = (exchanged: Exchanged): VkAnswer | { readonly failed: SendResult } => {
  if (exchanged.kind === 'not_sent') return { failed: UNREACHABLE };
  if (exchanged.kind === 'lost') return { failed: { result: 'unknown', reason: exchanged.reason } };
  const answer = readAnswer(exchanged.body);
  if (answer !== undefined) return answer;
  const { status } = exchanged;
  if (status === HTTP_TOO_MANY_REQUESTS) return { failed: TOO_FAST };
  const reason = status >= HTTP_SERVER_ERROR ? 'bad_gateway' : 'garbage';
  return { failed: { result: 'unknown', reason } };
};

/** What an answer means that speaks of nobody in particular. */
export const resultOf = (exchanged: Exchanged): SendResult => {
  const answer = answerOf(exchanged);
  if ('failed' in answer) return answer.failed;
  return 'error' in answer ? refusalOf(answer.error) : { result: 'accepted', id: '' };
};
