import type { SendResult, Sender } from '@crier/connector';
import { MOST_SENDER_NAME_LENGTH } from './limits.ts';

const MOST_AVATAR_LENGTH = 1000;

/** The result of a call that could not be made, since the token or the address cannot be one. */
export const NO_ACCOUNT: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };

/** The result for a bot that has no name to send under. */
export const NO_SENDER: SendResult = { result: 'bot_stopped', reason: 'sender_name_invalid' };

const isAvatar = (url: string): boolean =>
  url.length <= MOST_AVATAR_LENGTH && /^https?:$/.test(URL.parse(url)?.protocol ?? '');

/** The field that says who a message is from; `undefined` where the bot's credentials name nobody that Viber takes. */
export const senderFields = ({ credentials }: Sender): string | undefined => {
  const { senderName: name = '', senderAvatar: avatar } = credentials;
  if (name.trim() === '' || name.length > MOST_SENDER_NAME_LENGTH) return undefined;
  if (avatar === undefined) return `"sender":${JSON.stringify({ name })}`;
  return isAvatar(avatar) ? `"sender":${JSON.stringify({ name, avatar })}` : undefined;
};
