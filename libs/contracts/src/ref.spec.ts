import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { readRef, signRef, type Ref } from './ref.ts';

/** Of one person, or, without an index, of everybody in the lane. */
const ref: fc.Arbitrary<Ref> = fc.record(
  {
    broadcastId: fc.uuid(),
    lane: fc.nat({ max: 99 }),
    index: fc.nat({ max: 2_000_000 }),
    button: fc.nat({ max: 99 }),
    contentRevision: fc.nat({ max: 99 }),
  },
  { requiredKeys: ['broadcastId', 'lane', 'button', 'contentRevision'] },
);

describe('a ref', () => {
  it('gives back what was signed, in at most 40 characters', () => {
    fc.assert(
      fc.property(ref, (named) => {
        const text = signRef('secret', named);
        expect(text.length).toBeLessThanOrEqual(40);
        expect(readRef('secret', text)).toEqual(named);
      }),
    );
  });

  it('is worth nothing when a single character was changed', () => {
    fc.assert(
      fc.property(
        ref,
        fc.nat(),
        fc.constantFrom('a', 'b', 'Z', '0', '9', '-', '_'),
        (named, at, other) => {
          const text = signRef('secret', named);
          const place = at % text.length;
          fc.pre(text[place] !== other);
          expect(
            readRef('secret', text.slice(0, place) + other + text.slice(place + 1)),
          ).toBeUndefined();
        },
      ),
    );
  });

  it.each(['', 'x', '../../etc/passwd', 'a'.repeat(10_000), '\u0000'.repeat(38)])(
    'refuses %j',
    (text) => {
      expect(readRef('secret', text)).toBeUndefined();
    },
  );

  it('is signed with HMAC-SHA256', () => {
    const named = {
      broadcastId: '01890000-0000-7000-8000-000000000001',
      lane: 0,
      index: 1,
      button: 2,
      contentRevision: 1,
    };
    for (const secret of ['short', 'long'.repeat(40)]) {
      const bytes = Buffer.from(signRef(secret, named), 'base64url');
      const mac = createHmac('sha256', secret).update(bytes.subarray(0, -6)).digest();
      expect(bytes.subarray(-6)).toEqual(mac.subarray(0, 6));
    }
  });

  it('is bound to its secret', () => {
    const named = {
      broadcastId: '01890000-0000-7000-8000-000000000001',
      lane: 0,
      index: 1,
      button: 2,
      contentRevision: 1,
    };
    expect(readRef('another', signRef('secret', named))).toBeUndefined();
  });
});
