import { CredentialsRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { classify, readResponse, statusMessage, type ViberResponse } from './calls/classify.ts';
import type { ViberApi } from './calls/viber-api.ts';
import { senderFields } from './account.ts';

// Messages, subscriptions and their ends come in any case.
const EVENT_TYPES = [
  'delivered',
  'seen',
  'failed',
  'subscribed',
  'unsubscribed',
  'conversation_started',
];

const called = async (
  api: ViberApi,
  sender: Sender,
  [method, fields]: readonly [string, object],
): Promise<ViberResponse> => {
  const bot = sender.id;
  const exchanged = await api.call(sender, method, JSON.stringify(fields));
  if (exchanged === undefined)
    throw new CredentialsRefused('the token, or the address of the API, cannot be one', { bot });
  const result = classify(exchanged);
  const response = exchanged.kind === 'answered' ? readResponse(exchanged.body) : undefined;
  if (result.result === 'accepted' && response !== undefined) return response;
  if (result.result === 'later' || result.result === 'unknown')
    throw new Unavailable('Viber does not answer', { bot, reason: result.reason });
  // What a proxy says may hold the request, and the token with it.
  const said = statusMessage(response).replaceAll(sender.credentials['token'] ?? '', '…');
  throw new CredentialsRefused(`Viber refuses: ${said}`, { bot });
};

/**
 * Checks the token and the name to send under and, where an address is given, has the bot's callbacks sent there;
 * Viber calls it before it answers. @throws CredentialsRefused, or Unavailable where Viber does not answer.
 */
export const connectBot = async (
  api: ViberApi,
  sender: Sender,
  webhookUrl: string | undefined,
): Promise<{ readonly name: string }> => {
  const account = await called(api, sender, ['get_account_info', {}]);
  const { name } = account;
  if (typeof name !== 'string')
    throw new Unavailable('what answers is not Viber', { bot: sender.id });
  if (senderFields(sender) === undefined)
    throw new CredentialsRefused(
      'senderName must have 1 to 28 characters, and senderAvatar, if given, be a web address of at most 1000',
      { bot: sender.id },
    );
  if (webhookUrl !== undefined) {
    const hook = { url: webhookUrl, event_types: EVENT_TYPES, send_name: true, send_photo: false };
    await called(api, sender, ['set_webhook', hook]);
  }
  return { name };
};
