import { describe, expect, it } from '@jest/globals';
import { HeardPositions } from './heard-positions.ts';

describe('heard positions', () => {
  it('fit what was heard last, and anything where nothing was', () => {
    const heard = new HeardPositions();
    expect(heard.fits(1, '9')).toBe(true);
    heard.note(1, null);
    expect([heard.fits(1, null), heard.fits(1, '9'), heard.fits(2, '9')]).toEqual([
      true,
      false,
      true,
    ]);
    heard.note(1, '10');
    expect(heard.fits(1, '10')).toBe(true);
  });

  it('are not taken back by late news', () => {
    const heard = new HeardPositions();
    for (const position of ['10', '9', null]) heard.note(1, position);
    expect(heard.fits(1, '10')).toBe(true);
    heard.forget(1);
    expect(heard.fits(1, '9')).toBe(true);
  });
});
