import { randomInt } from 'node:crypto';

const WITHIN_MS = 5000;

/** Calls a new webhook as Meta does: it has to know the token, and to answer with the challenge. */
export const isCallbackVerified = async (url: string, verifyToken: string): Promise<boolean> => {
  const address = URL.parse(url);
  // Plain http too, which Meta refuses: a sandbox serves machines without certificates.
  if (address === null || !/^https?:$/.test(address.protocol)) return false;
  const challenge = String(randomInt(100_000_000, 2_000_000_000));
  address.searchParams.set('hub.mode', 'subscribe');
  address.searchParams.set('hub.challenge', challenge);
  address.searchParams.set('hub.verify_token', verifyToken);
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) });
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    return false;
  }
};
