import { describe, expect, it } from '@jest/globals';
import type { Minute } from '../api/shapes.ts';
import { bar, spansOf, timelineText } from './timeline-text.ts';

const at = (minute: number, sent: number, failed = 0): Minute => ({
  minute: new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString(),
  sent,
  failed,
  skipped: 0,
  unconfirmed: 0,
  clicks: 0,
});

describe('the chart of a report', () => {
  it('shows minutes without anything as such', () => {
    expect(spansOf([at(0, 5), at(2, 7)]).spans.map(({ sent }) => sent)).toEqual([5, 0, 7]);
  });

  it('joins minutes so that it stays short, and loses none', () => {
    const { minutes, spans } = spansOf(Array.from({ length: 100 }, (_, i) => at(i, 1)));
    expect(minutes).toBe(5);
    expect(spans).toHaveLength(20);
    expect(spans.reduce((total, { sent }) => total + sent, 0)).toBe(100);
  });

  it('draws the longest bar for the busiest span', () => {
    const lines = timelineText([at(0, 5, 5), at(1, 5)], 4).split('\n');
    expect(lines[0]).toBe('Sent per minute');
    expect(lines[1]).toContain('████ 5 (+5 others)');
    expect(lines[2]).toContain('██   5');
  });

  it('is empty without outcomes', () => {
    expect(timelineText([], 10)).toBe('');
  });

  it('draws in eighths of a cell', () => {
    expect(bar(0.5, 1)).toBe('▌');
    expect(bar(2, 3)).toBe('███');
    expect(bar(-1, 3)).toBe('');
  });
});
