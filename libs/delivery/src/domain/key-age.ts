import type { Instant } from '@crier/kernel';

/**
 * A messenger remembers a key for an hour; a request may be under way for a quarter of that, and clocks differ. So a key is
 * good for 45 minutes, counted from the first open (R24).
 */
const GOOD_FOR_MS = 45 * 60_000;

/** Whether a request with this key may leave now. */
export const isKeyGood = (keySince: Instant, now: Instant): boolean =>
  Date.parse(now) - Date.parse(keySince) < GOOD_FOR_MS;
