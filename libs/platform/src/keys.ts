import { createHmac } from 'node:crypto';

export interface Keys {
  /** Seals the bots' credentials. */
  readonly credentials: Uint8Array;
  /** Signs what buttons and links carry. */
  readonly refSecret: string;
}

const keyFor = (secret: string, purpose: string): Buffer =>
  createHmac('sha256', secret).update(purpose).digest();

/** One key for each purpose, derived from the installation's secret: every app that has the secret has the same keys. */
export const keysOf = (secret: string): Keys => ({
  credentials: keyFor(secret, 'credentials'),
  refSecret: keyFor(secret, 'refs').toString('base64url'),
});
