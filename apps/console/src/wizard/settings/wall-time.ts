import { isZone } from './zones.ts';

/** What a wall time in a zone means: its instant, or what daylight saving makes of it. */
export interface WallTime {
  /** Undefined: daylight saving skips this time. Of two, the first. */
  readonly instant: string | undefined;
  readonly happensTwice: boolean;
}

const DAY_MS = 24 * 3_600_000;
const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

const offsetAt = (format: Intl.DateTimeFormat, at: number): number => {
  const part = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
};

/** For showing only: what counts is what the API answers. Undefined: no time, or no such zone. */
export const wallTime = (local: string, zone: string): WallTime | undefined => {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall) || !isZone(zone)) return undefined;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...PARTS });
  const offsets = new Set([wall - DAY_MS, wall + DAY_MS].map((at) => offsetAt(format, at)));
  const instants = [...offsets]
    .filter((offset) => offsetAt(format, wall - offset) === offset)
    .map((offset) => wall - offset);
  return {
    instant: instants.length === 0 ? undefined : new Date(Math.min(...instants)).toISOString(),
    happensTwice: instants.length > 1,
  };
};
