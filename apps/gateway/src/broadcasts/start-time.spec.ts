import { describe, expect, it } from '@jest/globals';
import { startAt } from './start-time.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const at = (local: string, zone = 'Europe/Kyiv') => startAt({ local, zone }, NOW);
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

describe('when a broadcast starts', () => {
  it('is at once where asked so', () => {
    expect(startAt('now', NOW)).toEqual({ mode: 'now' });
  });

  it('is the instant of the wall time in the zone', () => {
    expect(at('2026-12-01T09:00')).toEqual({
      mode: 'at',
      instant: '2026-12-01T07:00:00.000Z',
      local: '2026-12-01T09:00',
      zone: 'Europe/Kyiv',
    });
    expect(at('2026-07-01T09:00:30')).toMatchObject({ instant: '2026-07-01T06:00:30.000Z' });
  });

  it.each([
    ['2026-03-29T03:00', 'Europe/Kyiv', '2026-03-29T04:00', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T03:59:59', 'Europe/Kyiv', '2026-03-29T04:00', '2026-03-29T01:00:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-04T02:30', '2026-10-03T15:30:00.000Z'],
  ])('moves %s in %s, which is skipped, to %s', (local, zone, movedTo, instant) => {
    expect(at(local, zone)).toMatchObject({ local, movedTo, instant });
  });

  it.each([
    ['2026-10-25T03:30', 'Europe/Kyiv', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('takes the first %s in %s, which happens twice', (local, zone, instant) => {
    const start = at(local, zone);
    expect(start).toMatchObject({ instant });
    expect(start).not.toHaveProperty('movedTo');
  });

  it('refuses dates and zones that do not exist', () => {
    for (const local of ['2026-02-30T09:00', '2026-13-01T09:00', '2026-01-01T24:30'])
      expect(codeOf(() => at(local))).toBe('START_INVALID');
    for (const zone of ['Mars/Olympus', '+02:00', 'UTC+3', 'local', 'system'])
      expect(codeOf(() => at('2026-12-01T09:00', zone))).toBe('START_INVALID');
  });

  it('refuses what is not in the future', () => {
    expect(codeOf(() => at('2026-01-01T02:00'))).toBe('START_IN_PAST');
    expect(at('2026-01-01T02:00:01')).toMatchObject({ mode: 'at' });
  });
});
