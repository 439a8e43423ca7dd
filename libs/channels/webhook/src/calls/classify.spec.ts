import { describe, expect, it } from '@jest/globals';
import { acceptances, NAME } from '../testing/refused-answers.ts';
import { classify } from './classify.ts';

const asked = { name: NAME, secret: 'top_secret', now: 0 };
const answered = (status: number, body: string) =>
  classify({ kind: 'answered', status, body, retryAfter: undefined }, asked);

describe('an answer', () => {
  it.each(acceptances)('%i %j is acceptance, and the message is called %s', (status, body, id) => {
    expect(answered(status, body)).toEqual({ result: 'accepted', id });
  });

  it.each([[''], ['  '], ['{"id":"m'], ['[1,'], ['"O']])('200 %j is half of one: doubt', (body) => {
    expect(answered(200, body)).toEqual({ result: 'unknown', reason: 'garbage' });
  });

  it('never gives the secret for a reason', () => {
    expect(answered(404, '{"code":"top_secret"}')).toEqual({
      result: 'refused',
      reason: 'not_found',
    });
  });
});
