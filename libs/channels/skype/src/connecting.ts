import { CredentialsRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { accountOf } from './account.ts';
import { homeOf } from './addresses.ts';
import type { AccessTokens } from './login/access-tokens.ts';

/**
 * Checks the credentials by asking for a token; the bot is called by its app id, since nothing tells its name. Where its
 * calls go is set in the Azure portal alone. @throws CredentialsRefused, or Unavailable where the login does not answer.
 */
export const connectBot = async (
  tokens: AccessTokens,
  sender: Sender,
): Promise<{ readonly name: string }> => {
  const account = accountOf(sender);
  const bot = sender.id;
  if (account === undefined)
    throw new CredentialsRefused('appId or appSecret is missing, or cannot be one', { bot });
  if (!/^https?:$/.test(URL.parse(homeOf(sender))?.protocol ?? ''))
    throw new CredentialsRefused('the address of the API cannot be one', { bot });
  const access = await tokens.of(account);
  if ('token' in access) return { name: account.appId };
  if (access.failed.result === 'bot_stopped')
    throw new CredentialsRefused('Microsoft does not take this appId with this appSecret', { bot });
  throw new Unavailable('the login of Microsoft does not answer', { bot });
};
