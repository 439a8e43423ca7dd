import { describe, expect, it } from '@jest/globals';
import { epochOf } from './moments.ts';

describe('epochOf', () => {
  it.each([
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2026-01-01T09:00Z', '2026-01-01T09:00:00.000Z'],
    ['2026-01-01T09:00:00+02:00', '2026-01-01T07:00:00.000Z'],
    ['2026-12-31T23:59:59.123456Z', '2026-12-31T23:59:59.123Z'],
  ])('reads %s', (text, instant) => {
    expect(new Date(epochOf(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-29',
    '2026-02-30T00:00:00Z',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-01T24:00:00Z',
    '2026-01-01T09:00:00',
    '2026-01-01 09:00:00Z',
    '2026-1-1',
    '01.01.2026',
    '2026',
    '',
    'today',
  ])('refuses %j', (text) => {
    expect(epochOf(text)).toBeUndefined();
  });
});
