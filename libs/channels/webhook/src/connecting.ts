import { CredentialsRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import type { Receivers } from './calls/receiver.ts';
import { fieldsOf, parsed } from './json.ts';

const MOST_NAME_LENGTH = 200;
const TOO_MANY_REQUESTS = 429;

const nameIn = (body: string): string | undefined => {
  const name = fieldsOf(parsed(body)?.value)?.['name'];
  return typeof name === 'string' && name.trim() !== ''
    ? name.trim().slice(0, MOST_NAME_LENGTH)
    : undefined;
};

/** The answer to a hello; what is no yes is thrown. */
const answerTo = async (receivers: Receivers, sender: Sender, body: string): Promise<string> => {
  const bot = sender.id;
  const exchanged = await receivers.post(sender, { body });
  if (exchanged === undefined)
    throw new CredentialsRefused('give the bot a secret and the web address of its receiver', {
      bot,
    });
  if (exchanged.kind !== 'answered') throw new Unavailable('the receiver does not answer', { bot });
  const { status } = exchanged;
  if (status >= 500 || status === TOO_MANY_REQUESTS)
    throw new Unavailable('the receiver is in trouble', { bot, status });
  if (status >= 300)
    throw new CredentialsRefused(`the receiver does not take calls: status ${status}`, { bot });
  return exchanged.body;
};

/**
 * Says hello to the receiver: whether both know the same secret, where to call back, and what the bot is to be called; the
 * receiver's host where that is not told. @throws CredentialsRefused, or Unavailable where the receiver does not answer.
 */
export const connectBot = async (
  receivers: Receivers,
  sender: Sender,
  webhookUrl: string | undefined,
): Promise<{ readonly name: string }> => {
  const bot = sender.id;
  const hello = { bot, ...(webhookUrl === undefined ? {} : { webhook: webhookUrl }) };
  const answer = await answerTo(receivers, sender, JSON.stringify({ hello }));
  return { name: nameIn(answer) ?? URL.parse(sender.apiUrl ?? '')?.host ?? bot };
};
