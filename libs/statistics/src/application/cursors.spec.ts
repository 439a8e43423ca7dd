import { describe, expect, it } from '@jest/globals';
import { cursorOf, keyOf, numbersOf } from './cursors.ts';

describe('cursors', () => {
  const question = { sort: 'name' };
  const badCursor = expect.objectContaining({ code: 'BAD_CURSOR' });

  it('give back their key to the same question', () => {
    const cursor = cursorOf(question, ['ü', 7]);
    expect(keyOf(question, cursor, ['either', 'number'])).toEqual(['ü', 7]);
    expect(numbersOf(question, cursorOf(question, [3, 4]))).toEqual([3, 4]);
    expect(numbersOf(question, undefined)).toBeUndefined();
  });

  it.each([
    ['of another question', cursorOf({ sort: 'sent' }, [1, 2])],
    ['with another key', cursorOf(question, ['a', 2])],
    ['with too short a key', cursorOf(question, [1])],
    ['with an object in its key', Buffer.from('["x",{"$gt":""},1]').toString('base64url')],
    ['of nobody', 'nonsense'],
    ['that is empty', ''],
  ])('are refused where they are one %s', (_, cursor) => {
    expect(() => keyOf(question, cursor, ['number', 'number'])).toThrow(badCursor);
  });
});
