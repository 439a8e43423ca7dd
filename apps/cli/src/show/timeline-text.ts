import type { Minute } from '../api/shapes.ts';
import { moment, number } from './words.ts';

const MINUTE_MS = 60_000;
const ROWS = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

interface Span {
  readonly from: number;
  readonly sent: number;
  readonly other: number;
}

/** Minutes joined so that at most 24 rows remain; minutes without anything are shown as such. */
export const spansOf = (
  minutes: readonly Minute[],
): { readonly minutes: number; readonly spans: readonly Span[] } => {
  const starts = minutes.map(({ minute }) => Date.parse(minute));
  const first = Math.min(...starts);
  const whole = (Math.max(...starts) - first) / MINUTE_MS + 1;
  const size = Math.ceil(whole / ROWS);
  const spans = Array.from({ length: Math.ceil(whole / size) }, (_, index) => {
    const from = first + index * size * MINUTE_MS;
    const inside = minutes.filter(({ minute }) => {
      const at = Date.parse(minute);
      return at >= from && at < from + size * MINUTE_MS;
    });
    const sum = (of: (minute: Minute) => number) =>
      inside.reduce((total, minute) => total + of(minute), 0);
    return {
      from,
      sent: sum(({ sent }) => sent),
      other: sum(({ failed, skipped, unconfirmed }) => failed + skipped + unconfirmed),
    };
  });
  return { minutes: size, spans };
};

/** A bar of so many cells, in eighths. */
export const bar = (share: number, cells: number): string => {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * cells * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

/** Outcomes over time as a small chart; empty where there are none. */
export const timelineText = (timeline: readonly Minute[], cells: number): string => {
  if (timeline.length === 0) return '';
  const { minutes, spans } = spansOf(timeline);
  const most = Math.max(...spans.map(({ sent, other }) => sent + other), 1);
  const lines = spans.map(({ from, sent, other }) => {
    const at = moment(new Date(from).toISOString()).slice(0, 16);
    const others = other > 0 ? ` (+${number(other)} others)` : '';
    return `  ${at}  ${bar((sent + other) / most, cells).padEnd(cells)} ${number(sent)}${others}`;
  });
  return [`Sent per ${minutes === 1 ? 'minute' : `${minutes} minutes`}`, ...lines].join('\n');
};
