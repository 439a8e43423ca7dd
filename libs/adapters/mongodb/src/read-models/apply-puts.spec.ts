import { describe, expect, it } from '@jest/globals';
import { saysOnlyApplied } from './apply-puts.ts';

describe('errors of applying a step', () => {
  const duplicate = { code: 11_000 };
  const fine = { getWriteConcernError: () => undefined };

  it('say that documents were in place already, where all are duplicate keys', () => {
    expect(saysOnlyApplied({ writeErrors: [duplicate, duplicate], result: fine })).toBe(true);
    expect(saysOnlyApplied({ writeErrors: duplicate, result: fine })).toBe(true);
  });

  it('are errors where there is anything else', () => {
    expect(saysOnlyApplied({ writeErrors: [duplicate, { code: 50 }], result: fine })).toBe(false);
    expect(saysOnlyApplied({ writeErrors: [], result: fine })).toBe(false);
    expect(saysOnlyApplied(new Error('the connection is closed'))).toBe(false);
    const unsure = { getWriteConcernError: () => ({ code: 64 }) };
    expect(saysOnlyApplied({ writeErrors: [duplicate], result: unsure })).toBe(false);
  });
});
