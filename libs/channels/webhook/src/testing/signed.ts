import type { WebhookRequest } from '@crier/connector';
import { createHmac } from 'node:crypto';

/** A call back, signed as the README says; written apart from the connector's own signing, so that each proves the other. */
export const signed = (
  body: string,
  { secret, at }: { readonly secret: string; readonly at: string },
): WebhookRequest => {
  const timestamp = String(Math.floor(Date.parse(at) / 1000));
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    method: 'POST',
    query: {},
    headers: { 'x-crier-timestamp': timestamp, 'x-crier-signature': `sha256=${digest}` },
    rawBody: Buffer.from(body),
  };
};
