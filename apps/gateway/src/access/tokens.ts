import { freshId, type Clock } from '@crier/kernel';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role, TokenRecord, TokenStore } from '../ports/token-store.ts';

const PREFIX = 'crier_';
const RANDOM_BYTES = 32;

/** What is kept of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new token: 256 random bits in a form that scanners for leaked secrets recognise. */
export const newToken = (): string => PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');

/** Makes a token and keeps its record. The token is given once and cannot be had again. @throws Unavailable */
export const issueToken = async (
  tokens: TokenStore,
  clock: Clock,
  wanted: { readonly name: string; readonly role: Role },
): Promise<{ readonly record: TokenRecord; readonly token: string }> => {
  const token = newToken();
  const { name, role } = wanted;
  const record: TokenRecord = {
    id: freshId(),
    name,
    role,
    hash: hashOf(token),
    createdAt: clock.now(),
    revoked: false,
  };
  await tokens.add(record);
  return { record, token };
};

/** Compares in a time that tells nothing about where they differ. */
export const sameHash = (a: string, b: string): boolean => {
  const left = Buffer.from(a, 'hex');
  const right = Buffer.from(b, 'hex');
  return left.length === right.length && timingSafeEqual(left, right);
};
