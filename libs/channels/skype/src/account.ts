import type { SendResult, Sender } from '@crier/connector';

/** Who a bot is at Microsoft. */
export interface Account {
  readonly appId: string;
  readonly appSecret: string;
  /** Whose login it uses: a tenant's own, or the one of all bots. */
  readonly tenant: string;
  /** The channel that its conversations are in. */
  readonly channelId: string;
}

const EVERY_TENANT = 'botframework.com';
const ID = /^[\w.-]{1,128}$/;
const SECRET = /^[!-~]{1,512}$/;

/** The result for a bot whose credentials cannot be any, or are not taken. */
export const NO_ACCOUNT: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };

/** The bot's account; `undefined` where its credentials cannot be one. */
export const accountOf = ({ credentials }: Sender): Account | undefined => {
  const { appId = '', appSecret = '', tenantId = EVERY_TENANT, channelId = 'skype' } = credentials;
  const areIds = [appId, tenantId, channelId].every((id) => ID.test(id));
  return areIds && SECRET.test(appSecret)
    ? { appId, appSecret, tenant: tenantId, channelId }
    : undefined;
};
