import { CredentialsRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import type { Update } from '@grammyjs/types';
import { accountOf } from './account.ts';
import type { BotApi } from './calls/bot-api.ts';
import { classify, readResponse } from './calls/classify.ts';
import type { Exchanged } from '@crier/connector';

const SECRET = /^[\w-]{1,256}$/;

// Crier reads four of them; the others are for the team's own chat bot, to whom they are passed on.
const ALLOWED_UPDATES: readonly (keyof Update)[] = [
  'message',
  'callback_query',
  'my_chat_member',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
];

const descriptionOf = (exchanged: Exchanged): string => {
  const response = exchanged.kind === 'answered' ? readResponse(exchanged.body) : undefined;
  return response?.ok === false ? (response.description ?? '') : '';
};

const checked = async (sender: Sender, call: Promise<Exchanged> | undefined): Promise<unknown> => {
  const bot = sender.id;
  const exchanged = await call;
  if (exchanged === undefined)
    throw new CredentialsRefused('the token, or the address of the API, cannot be one', { bot });
  const result = classify(exchanged);
  if (result.result === 'accepted' && exchanged.kind === 'answered') {
    const response = readResponse(exchanged.body);
    return response?.ok === true ? response.result : undefined;
  }
  if (result.result === 'later' || result.result === 'unknown')
    throw new Unavailable('Telegram does not answer', { bot, reason: result.reason });
  // What a proxy says may hold the address, and the token with it.
  const said = descriptionOf(exchanged).replaceAll(accountOf(sender).token, '…');
  throw new CredentialsRefused(`Telegram refuses: ${said}`, { bot });
};

const setWebhook = async (api: BotApi, sender: Sender, url: string): Promise<void> => {
  const secret = sender.credentials['webhookSecret'] ?? '';
  if (!SECRET.test(secret))
    throw new CredentialsRefused('webhookSecret must be 1 to 256 of A-Z, a-z, 0-9, _ and -', {
      bot: sender.id,
    });
  const body = { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES };
  await checked(sender, api.call(accountOf(sender), 'setWebhook', JSON.stringify(body)));
};

/**
 * Checks the token and, where an address is given, has the bot's updates sent there.
 * @throws CredentialsRefused, or Unavailable where Telegram does not answer.
 */
export const connectBot = async (
  api: BotApi,
  sender: Sender,
  webhookUrl: string | undefined,
): Promise<{ readonly name: string }> => {
  const me = await checked(sender, api.call(accountOf(sender), 'getMe', '{}'));
  const username = (me as { readonly username?: unknown } | null | undefined)?.username;
  if (typeof username !== 'string')
    throw new Unavailable('what answers is not Telegram', { bot: sender.id });
  if (webhookUrl !== undefined) await setWebhook(api, sender, webhookUrl);
  return { name: `@${username}` };
};
