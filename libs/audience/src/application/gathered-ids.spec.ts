import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countOf, holdsId, textsOf } from '../domain/contact-ids.ts';
import { gathered } from './gathered-ids.ts';

async function* given(chunks: Iterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const id = (text: string): string => text.padEnd(16, '-');
const some = fc
  .stringMatching(/^[\w-]{1,3}$/)
  .map(id)
  .filter((text) => text.length === 16);

describe('gathered', () => {
  it('gives everybody once and in the order of texts, however they come', async () => {
    const anything = fc.array(fc.array(some, { maxLength: 8 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anything, async (chunks) => {
        const ids = await gathered(given(chunks));
        const expected = [...new Set(chunks.flat())].sort();
        expect(textsOf(ids)).toEqual(expected);
        expect(countOf(ids)).toBe(expected.length);
      }),
    );
  });

  it('knows who is among them and who is not', async () => {
    const ids = await gathered(given([[id('b'), id('d')], [id('_')], [id('B')]]));
    const isKnown = ['b', 'd', '_', 'B', 'a', 'c', 'z', '-'].map((text) => holdsId(ids, id(text)));
    expect(isKnown).toEqual([true, true, true, true, false, false, false, false]);
    expect(holdsId(ids, 'short')).toBe(false);
  });

  it('leaves out what cannot be a contact', async () => {
    const ids = await gathered(given([['', 'short', 'ü'.repeat(16), id('a'), 'a'.repeat(17)]]));
    expect(textsOf(ids)).toEqual([id('a')]);
  });

  it('holds half a million people of ten broadcasts in sixteen bytes each, which threads share', async () => {
    const people = 500_000;
    const letter = (n: number): string => n.toString(36).padStart(16, '0');
    function* lanes(): Generator<readonly string[]> {
      for (let broadcast = 0; broadcast < 10; broadcast += 1)
        for (let from = broadcast; from < people; from += 10_000)
          yield Array.from({ length: 1_000 }, (_, n) => letter(from + n * 10));
    }
    const ids = await gathered(given(lanes()));
    expect(countOf(ids)).toBe(people);
    expect(ids.packed.byteLength).toBe(people * 16);
    expect(ids.packed.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});
