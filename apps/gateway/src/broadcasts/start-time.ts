import type { StartAt } from '@crier/contracts';
import { DateTime, IANAZone } from 'luxon';
import { Problem } from '../problems/problem.ts';

/** What people ask for: at once, or a wall time in a named zone. */
export type WantedStart = 'now' | { readonly local: string; readonly zone: string };

const DAY_MS = 24 * 3_600_000;

const invalidStart = (path: string, detail: string): Problem =>
  new Problem('START_INVALID', `${path}: ${detail}`, {
    errors: [{ path, code: 'START_INVALID', message: detail }],
  });

/** The first moment at which the offset after a gap holds: the next valid one. */
const endOfGap = (zone: IANAZone, after: number): number => {
  const offset = zone.offset(after);
  let before = after - DAY_MS;
  let at = after;
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (zone.offset(middle) === offset) at = middle;
    else before = middle;
  }
  return at;
};

const shortened = (local: string): string =>
  local.replace(/:00$/, (found, at: number) => (at > 13 ? '' : found));

/**
 * The instant that a start means. A wall time that daylight saving skips moves to the next valid one and says so in `movedTo`; one
 * that happens twice is the first.
 * @throws Problem START_INVALID, START_IN_PAST
 */
export const startAt = (wanted: WantedStart, now: string): StartAt => {
  if (wanted === 'now') return { mode: 'now' };
  const { local, zone: name } = wanted;
  if (!/^[A-Za-z]/.test(name) || !IANAZone.isValidZone(name))
    throw invalidStart('start.zone', 'Name an IANA time zone such as Europe/Kyiv.');
  const zone = IANAZone.create(name);
  const time = DateTime.fromISO(local, { zone });
  if (!time.isValid) throw invalidStart('start.local', 'There is no such date or time of day.');

  const full = local.length === 16 ? `${local}:00` : local;
  const skipped = time.toFormat("yyyy-MM-dd'T'HH:mm:ss") !== full;
  const millis = skipped
    ? endOfGap(zone, time.toMillis())
    : Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis()));
  const instant = new Date(millis).toISOString();
  if (instant <= now)
    throw new Problem(
      'START_IN_PAST',
      `start lies in the past (${instant}); name a later one, or "now".`,
      {
        errors: [
          { path: 'start.local', code: 'START_IN_PAST', message: 'Name a later time, or "now".' },
        ],
      },
    );
  const moved = DateTime.fromMillis(millis, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
  return {
    mode: 'at',
    instant,
    local,
    zone: name,
    ...(skipped ? { movedTo: shortened(moved) } : {}),
  };
};
