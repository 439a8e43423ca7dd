import { expect, it } from 'vitest';
import { wallTime } from './wall-time.ts';

it('tells the instant that a wall time means in a zone', () => {
  expect(wallTime('2026-12-01T09:00', 'Asia/Kathmandu')).toEqual({
    instant: '2026-12-01T03:15:00.000Z',
    happensTwice: false,
  });
});

it('knows the hour that daylight saving skips, and the one that happens twice', () => {
  expect(wallTime('2027-03-28T02:30', 'Europe/Berlin')?.instant).toBeUndefined();
  expect(wallTime('2027-10-31T02:30', 'Europe/Berlin')).toEqual({
    instant: '2027-10-31T00:30:00.000Z',
    happensTwice: true,
  });
});

it('makes nothing of half a time or an unknown zone', () => {
  expect(wallTime('', 'Europe/Berlin')).toBeUndefined();
  expect(wallTime('2026-12-01T09:00', 'Mars/Olympus')).toBeUndefined();
});
