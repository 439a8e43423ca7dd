import { describe, expect, it } from '@jest/globals';
import { partitionOf } from './partition-of.ts';

describe('partitionOf', () => {
  it('never changes its mind', () => {
    const places = ['', 'bot-1', 'bot-2', 'Ключ 🌊'].map((key) => partitionOf(key, 16));
    expect(places).toEqual([5, 8, 1, 0]);
  });

  it('is the published FNV-1a', () => {
    const known = [partitionOf('a', 2 ** 32), partitionOf('foobar', 2 ** 32)];
    expect(known).toEqual([0xe40c292c, 0xbf9cf968]);
  });

  it('spreads keys over all partitions', () => {
    const counts = new Map<number, number>();
    for (let n = 0; n < 16_000; n += 1) {
      const partition = partitionOf(`broadcast-${n}`, 16);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect(counts.size).toBe(16);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(250);
  });
});
