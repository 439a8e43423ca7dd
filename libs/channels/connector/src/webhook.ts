import { createHmac, hash, timingSafeEqual } from 'node:crypto';

const NAME_LENGTH = 16;

/**
 * The signature of a body that leaves at this second since 1970, as Crier and who talks to it sign. The time is signed too, or
 * an old call could be dated anew.
 */
export const signatureOf = (secret: string, timestamp: string, body: string | Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

/** Compares in a time that tells nothing about where, or in what length, they differ. */
export const isSameSecret = (expected: string, given: string): boolean =>
  timingSafeEqual(hash('sha256', expected, 'buffer'), hash('sha256', given, 'buffer'));

/** A name for ever, for `dedupe`: the same parts give the same 16 characters, so that an event that comes twice is known. */
export const nameOfEvent = (...parts: readonly string[]): string =>
  hash('sha256', parts.join('\u0000'), 'base64url').slice(0, NAME_LENGTH);
