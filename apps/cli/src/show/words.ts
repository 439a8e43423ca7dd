const HOLDS: Readonly<Record<string, string>> = {
  operator: 'held by an operator',
  late_start: 'it came too late: look whether it should still go',
  breaker: 'too many failures in a row',
  content_refused: 'the messenger refuses the content',
  stale_lane: 'it stood still for long, perhaps a restored snapshot: look whether it should go on',
  statistics_behind: 'the statistics that its audience asks for are behind',
  bot_stopped: 'the bot cannot send: look at its token',
  illegal_history: 'its history does not make sense to this version',
};

/** Why something is held, for people. */
export const holdText = (reason: string): string => HOLDS[reason] ?? reason.replaceAll('_', ' ');

export const number = (value: number): string => value.toLocaleString('en-US');

/** A count that not every channel reports. */
export const reported = (value: number | null): string =>
  value === null ? 'not reported' : number(value);

const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** A length of time with its two largest units: `2 h 5 min`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const found = UNITS.find(([, size]) => whole >= size) ?? (['min', 60] as const);
  const [unit, size] = found;
  const rest = whole % size;
  const lower = UNITS[UNITS.indexOf(found) + 1] ?? (['s', 1] as const);
  const small = Math.floor(rest / lower[1]);
  return `${Math.floor(whole / size)} ${unit}${small > 0 ? ` ${small} ${lower[0]}` : ''}`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as this machine's wall time: `2026-12-01 09:00:00`. */
export const moment = (instant: string | null): string => {
  if (instant === null) return '–';
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

/** As much of an id as names it among all but those of the same millisecond. */
export const shortId = (id: string): string => id.slice(0, 13);

// What moves the cursor, or hides what is written: names come from people.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of somebody else's, on one line, without what a terminal would obey. */
export const plain = (text: string): string => text.replaceAll(UNSEEN, ' ').trim();

export const shortened = (text: string, most: number): string => {
  const clean = plain(text);
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
};
