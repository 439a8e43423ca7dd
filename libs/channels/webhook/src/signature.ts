import { isSameSecret, signatureOf, type Sender, type WebhookRequest } from '@crier/connector';
import { SIGNATURE_AGE_MS } from './limits.ts';

export const TIMESTAMP_HEADER = 'x-crier-timestamp';
export const SIGNATURE_HEADER = 'x-crier-signature';

const SECONDS = /^\d{1,12}$/;

/** The secret that both sides know; empty where the bot has none. */
export const secretOf = ({ credentials }: Sender): string => credentials['secret'] ?? '';

/** The headers that prove who a request is from. `now`: milliseconds since 1970. */
export const signedHeaders = (
  secret: string,
  body: string,
  now: number,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now / 1000));
  return {
    [TIMESTAMP_HEADER]: timestamp,
    [SIGNATURE_HEADER]: signatureOf(secret, timestamp, body),
  };
};

/** Whether a call is signed with the bot's secret, and was so lately. `now`: milliseconds since 1970. */
export const isAuthentic = (
  sender: Sender,
  { headers, rawBody }: WebhookRequest,
  now: number,
): boolean => {
  const secret = secretOf(sender);
  const timestamp = headers[TIMESTAMP_HEADER] ?? '';
  const given = headers[SIGNATURE_HEADER];
  if (secret === '' || given === undefined || !SECONDS.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) * 1000 - now) > SIGNATURE_AGE_MS) return false;
  const expected = signatureOf(secret, timestamp, rawBody);
  return isSameSecret(expected, given.toLowerCase());
};
