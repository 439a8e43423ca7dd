import type { Part, Sender } from '@crier/connector';
import { hash } from 'node:crypto';

const KEY = /^\{"key":(-?\d+),/;
const NAME_LENGTH = 22;

/** A body that carries the key of its part first, where {@link nameOf} finds it again. */
export const keyed = (key: number, fields: string): string => `{"key":${key},${fields}}`;

/**
 * What `x-crier-key` says: one name for this part to this person through this bot, the same however often it is sent.
 * Also the id of a message that its receiver gives none.
 */
export const nameOf = ({ id: bot }: Sender, address: string, { body }: Part): string => {
  const [, key = ''] = KEY.exec(body) ?? [];
  const named = ['webhook', bot, key, address].join('\u0000');
  return hash('sha256', named, 'base64url').slice(0, NAME_LENGTH);
};

/** The body as it leaves: named, and addressed. */
export const addressed = (name: string, address: string, { body }: Part): string =>
  `{"id":"${name}","to":${JSON.stringify(address)},${body.slice(1)}`;
