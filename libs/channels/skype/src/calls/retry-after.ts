const NO_TIME_NAMED_MS = 2000;
const LEAST_MS = 100;
const MOST_MS = 3_600_000;

/** How long everything of the bot is to wait. */
export interface Pause {
  readonly afterMs: number;
  readonly pause: 'bot';
  readonly grows?: true;
}

/** What `Retry-After` says, in seconds or as a date; where it says nothing, pauses grow. `now`: milliseconds since 1970. */
export const pauseOf = (retryAfter: string | undefined, now: number): Pause => {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms)
    ? { afterMs: NO_TIME_NAMED_MS, pause: 'bot', grows: true }
    : { afterMs: Math.min(Math.max(ms, LEAST_MS), MOST_MS), pause: 'bot' };
};
