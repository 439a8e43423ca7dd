import type { SendResult, Sender } from '@crier/connector';
import type { Account } from './calls/bot-api.ts';

/** Where a bot's calls go, and with which token. */
export const accountOf = ({ credentials, apiUrl }: Sender): Account => ({
  token: credentials['token'] ?? '',
  apiUrl,
});

/** The result of a call that could not be made, since the token or the address cannot be one. */
export const NO_ACCOUNT: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };
