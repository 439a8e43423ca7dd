import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a shop signs with: derived from the deployment's secret and the shop's name, so that it is kept nowhere. */
export const shopSecretOf = (deploymentSecret: string, shop: string): string =>
  createHmac('sha256', deploymentSecret).update(`shop\u0000${shop}`).digest('base64url');

/** The signature of a body that is sent at this second. The time is signed too, or an old call could be dated anew. */
export const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

/** Compares in a time that tells nothing about where they differ. */
export const isSameSignature = (given: string, right: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
};
