import type { AdminFields } from '../admin-fields.ts';
import { BadInput } from '../errors.ts';
import { integerIn } from './params.ts';

/** The id of a person or a chat, as a number or in digits. @throws BadInput naming `field` */
export const peerId = (value: unknown, field: string): number => {
  const peer = integerIn(value);
  if (peer === undefined || peer === 0) throw new BadInput(`${field} must be the id of a peer`);
  return peer;
};

/** The peer in the field `chat`. @throws BadInput */
export const chatIn = (fields: AdminFields): number => peerId(fields.raw('chat'), 'chat');
