import { randomBytes } from 'node:crypto';
import { v5, v7 } from 'uuid';

const CRIER_NAMESPACE = '5f0f7a3e-7c1b-4d25-9a56-0f7a5f1d2c11';

/** The same parts give the same UUID, always and everywhere (RFC 9562, version 5). */
export const derivedId = (...parts: readonly (string | number)[]): string =>
  v5(parts.join('\u0000'), CRIER_NAMESPACE);

/** A fresh UUID that sorts by time of creation (RFC 9562, version 7). */
export const freshId = (): string => v7();

/** 16 characters of base64url: 96 random bits. The form of a contact id, and of nothing that sorts. */
export const opaqueId = (): string => randomBytes(12).toString('base64url');
