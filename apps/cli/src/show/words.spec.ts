import { describe, expect, it } from '@jest/globals';
import { duration, holdText, plain, reported, shortened } from './words.ts';

describe('words', () => {
  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [125, '2 min 5 s'],
    [3_600, '1 h'],
    [7_500, '2 h 5 min'],
    [90_000, '1 d 1 h'],
  ])('say %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('tell nothing reported from nobody', () => {
    expect([reported(null), reported(0)]).toEqual(['not reported', '0']);
  });

  it('explain a hold, and show an unknown reason as it is', () => {
    expect(holdText('bot_stopped')).toContain('token');
    expect(holdText('new_reason')).toBe('new reason');
  });

  it('leave nothing in a text that a terminal would obey', () => {
    expect(plain('a\u001b[31mb\nc\u202ed')).toBe('a [31mb c d');
    expect(shortened('abcdef', 4)).toBe('abc…');
  });
});
