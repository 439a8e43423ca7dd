const LEAST_MS = 100;
const MOST_MS = 3_600_000;

/** How long `Retry-After` asks to wait, in seconds or until a date; `undefined` where it says nothing. `now`: milliseconds since 1970. */
export const waitOf = (retryAfter: string | undefined, now: number): number | undefined => {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, LEAST_MS), MOST_MS);
};
