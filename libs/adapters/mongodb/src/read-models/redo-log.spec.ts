import { describe, expect, it } from '@jest/globals';
import type { Put } from './puts.ts';
import { chunksOf } from './redo-log.ts';

const put = (bytes: number): Put => ({
  to: 'mailings',
  _id: String(bytes),
  isNew: false,
  fields: { document: 'x'.repeat(bytes) },
});

describe('a redo record', () => {
  const sizes = (puts: readonly Put[]) => chunksOf(puts, 1_000).map((chunk) => chunk.length);

  it('is cut into parts that fit into a document each, in order', () => {
    const puts = [500, 200, 400, 10, 700].map(put);
    expect(chunksOf(puts, 1_000).flat()).toEqual(puts);
    expect(sizes(puts)).toEqual([2, 2, 1]);
  });

  it('gives what is larger than a part one of its own', () => {
    expect(sizes([10, 5_000, 10].map(put))).toEqual([1, 1, 1]);
    expect(sizes([])).toEqual([]);
  });
});
