import { describe, expect, it } from '@jest/globals';
import { AppError, AppendTooLarge, ConcurrencyConflict, unreachable } from './index.ts';

describe('an error thrown on purpose', () => {
  it('says its name, its stable code, its verdict, its facts and its cause', () => {
    const cause = new Error('socket closed');
    const error = new ConcurrencyConflict('Somebody was first', { stream: 's' }, cause);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      name: 'ConcurrencyConflict',
      code: 'CONCURRENCY_CONFLICT',
      verdict: 'retry',
      context: { stream: 's' },
      message: 'Somebody was first',
      cause,
    });
    expect(new AppendTooLarge('Too large')).toMatchObject({ verdict: 'park', context: {} });
  });

  it('makes a forgotten case loud', () => {
    expect(() => unreachable({ type: 'New' } as never)).toThrow('{"type":"New"}');
  });
});
