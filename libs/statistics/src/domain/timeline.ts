import type { Instant } from '@crier/kernel';
import type { Minute } from '../application/documents.ts';
import type { Outcome } from './moves.ts';

/** The minutes of one hour of one broadcast in which something was recorded, in order. */
export interface TimelineHour {
  readonly broadcastId: string;
  /** `2026-03-01T10` */
  readonly hour: string;
  readonly minutes: readonly Minute[];
}

/** What one event adds to its minute. */
export type Tick = Readonly<Partial<Record<Outcome | 'clicks', number>>>;

export const hourOf = (at: Instant): string => at.slice(0, 13);

/** The hour with one more event in it. */
export const tick = (hour: TimelineHour, at: Instant, added: Tick): TimelineHour => {
  const minute = `${at.slice(0, 16)}:00.000Z`;
  const found = hour.minutes.find((known) => known.minute === minute);
  const before = found ?? { minute, sent: 0, failed: 0, skipped: 0, unconfirmed: 0, clicks: 0 };
  const after: Minute = {
    minute,
    sent: before.sent + (added.sent ?? 0),
    failed: before.failed + (added.failed ?? 0),
    skipped: before.skipped + (added.skipped ?? 0),
    unconfirmed: before.unconfirmed + (added.unconfirmed ?? 0),
    clicks: before.clicks + (added.clicks ?? 0),
  };
  const others = hour.minutes.filter((known) => known !== found);
  const minutes = [...others, after].sort((a, b) => (a.minute < b.minute ? -1 : 1));
  return { ...hour, minutes };
};
