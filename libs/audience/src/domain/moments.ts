import type { Moments } from '@crier/contracts';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

// Date.parse lets February 30 slip into March.
const isInMonth = (day: number, text: string): boolean =>
  new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day)).getUTCDate() ===
  day;

/** Milliseconds since 1970 of a date (`2026-01-01`, its start in UTC) or an ISO instant; undefined for anything else. */
export const epochOf = (text: string): number | undefined => {
  const isDate = DATE.test(text);
  if (!isDate && !INSTANT.test(text)) return undefined;

  const day = Number(text.slice(8, 10));
  if (day > 28 && !isInMonth(day, text)) return undefined;
  const epoch = Date.parse(isDate ? `${text}T00:00:00.000Z` : text);
  return Number.isNaN(epoch) ? undefined : epoch;
};

/** Half-open span in milliseconds: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a date condition means at the moment `now`: `after` includes its own moment, `before` does not. */
export const spanOf = (moments: Moments, now: string): Span => {
  const after = moments.after === undefined ? -Infinity : (epochOf(moments.after) ?? Infinity);
  const within =
    moments.withinDays === undefined ? -Infinity : Date.parse(now) - moments.withinDays * DAY_MS;
  const to = moments.before === undefined ? Infinity : (epochOf(moments.before) ?? -Infinity);
  return { from: Math.max(after, within), to };
};

export const isWithin = (span: Span, epoch: number): boolean =>
  epoch >= span.from && epoch < span.to;
