import type { AppError } from '@crier/kernel';
import { Unavailable } from '@crier/kernel';
import { refusalOf } from './refusals.ts';
import type { Params, TokenLine } from './vk-api.ts';
import { answerOf, fieldsIn } from './vk-answer.ts';

/** Who asks, and what a refusal is thrown as. */
export interface Asking {
  readonly line: TokenLine;
  readonly bot: string;
  /** `said`: VK's own words. */
  readonly refused: (said: string) => AppError;
}

/** What a method gives. @throws what `refused` makes, or Unavailable where VK does not answer now. */
export const ask = async (
  { line, bot, refused }: Asking,
  method: string,
  params: Params,
): Promise<unknown> => {
  const answer = answerOf(await line.call(method, params));
  if ('failed' in answer) {
    const { result } = answer.failed;
    throw new Unavailable('VK does not answer', { bot, method, result });
  }
  if ('response' in answer) return answer.response;
  const { result } = refusalOf(answer.error);
  const { code, message } = answer.error;
  if (result === 'later') throw new Unavailable('VK does not do it now', { bot, method, code });
  throw refused(message);
};

/** The same, where fields are asked for; none where something else comes. */
export const askForFields = async (
  asking: Asking,
  method: string,
  params: Params,
): Promise<Readonly<Record<string, unknown>>> => fieldsIn(await ask(asking, method, params));
