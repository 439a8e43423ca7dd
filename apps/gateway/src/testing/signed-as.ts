import { signatureOf } from '@crier/connector';
import { shopSecretOf } from '../conversions/shop-secret.ts';
import { SECRET } from './gateway-world.ts';

/** What a shop sends beside a body, so many seconds ago. */
export const signedAs = (
  shop: string,
  body: string,
  secondsAgo = 0,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(Date.now() / 1_000) - secondsAgo);
  const secret = shopSecretOf(SECRET, shop);
  return {
    'x-crier-timestamp': timestamp,
    'x-crier-signature': signatureOf(secret, timestamp, Buffer.from(body)),
  };
};
