import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const MOST_AGE_S = 300;

const digest = (secret: string, timestamp: string, body: string | Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

const isEqual = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
};

/** The headers of a call that leaves now. */
export const signedHeaders = (secret: string, body: string): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return { 'x-crier-timestamp': timestamp, 'x-crier-signature': digest(secret, timestamp, body) };
};

/** True of a request that whoever has the secret has signed within five minutes. */
export const isSigned = (secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean => {
  const timestamp = String(headers['x-crier-timestamp']);
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= MOST_AGE_S;
  return isRecent && isEqual(digest(secret, timestamp, body), String(headers['x-crier-signature']));
};
