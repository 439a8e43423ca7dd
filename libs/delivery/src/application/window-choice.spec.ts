import { describe, expect, it } from '@jest/globals';
import { MAX_APPEND_BYTES } from '@crier/kernel';
import { largestWindow, windowSize } from './window-choice.ts';

describe('a window', () => {
  it.each([
    [1, 5],
    [10, 8],
    [25, 10],
    [1_000, 400],
    [100_000, 500],
  ])('at a share of %d holds %d', (share, expected) => {
    expect(windowSize(share, largestWindow(1, 1))).toBe(expected);
  });

  it('holds four full requests where one carries many', () => {
    expect(largestWindow(300, 1)).toBe(1_200);
    expect(windowSize(100_000, largestWindow(300, 1))).toBe(1_200);
  });

  it('stays within 0.4 s of the share then too', () => {
    expect(windowSize(1_000, largestWindow(2_500, 1))).toBe(400);
  });

  it('holds no more than the outcomes of two fit into one append', () => {
    const longest = ['unconfirmed', { parts: [[0, '4900000000000000000', 1_790_000_000_000]] }];
    for (const [batch, parts] of [
      [2_500, 1],
      [2_500, 3],
      [300, 10],
    ] as const) {
      const entry = JSON.stringify([1_000_000, ...longest]).length * parts;
      expect(2 * largestWindow(batch, parts) * entry).toBeLessThan(MAX_APPEND_BYTES);
    }
  });

  it('is never smaller for many parts than where a request carries one message', () => {
    expect(largestWindow(2_500, 10)).toBe(500);
    expect(largestWindow(300, 10)).toBe(500);
  });
});
