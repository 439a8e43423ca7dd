import type { SendResult, Sender } from '@crier/connector';

const GROUP_ID = /^[1-9]\d{0,14}$/;

/** The result of a call that could not be made, since the token or the address cannot be one. */
export const NO_ACCOUNT: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };

/** The id of the bot's community; `undefined` where the credentials name none. */
export const groupIdOf = ({ credentials }: Sender): number | undefined => {
  const { groupId = '' } = credentials;
  return GROUP_ID.test(groupId) ? Number(groupId) : undefined;
};
