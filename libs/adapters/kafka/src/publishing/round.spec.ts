import { describe, expect, it } from '@jest/globals';
import { fitting, roundOf, ROUND_BYTES, type Placed } from './round.ts';

const placed = (value: string, partition = 0, weight = 100): Placed => ({
  ...{ topic: 't', partition, weight },
  record: { key: 'k', value, headers: {} },
});

describe('a round', () => {
  it('takes what a broker takes in one parcel, from the first on', () => {
    const third = ROUND_BYTES / 3;
    const waiting = Array.from({ length: 5 }, (_, n) => placed(String(n), n % 2, third));
    expect(fitting(waiting)).toBe(3);
    expect(fitting(waiting.slice(0, 2))).toBe(2);
  });

  it('takes one message, however large', () => {
    expect(fitting([placed('a', 0, 10 * ROUND_BYTES), placed('b')])).toBe(1);
    expect(fitting([placed('a', 0, 10 * ROUND_BYTES)])).toBe(1);
  });

  it('keeps the order within each partition', () => {
    const round = roundOf([placed('1'), placed('2', 1), placed('3'), placed('4', 1)]);
    const values = round.map(({ partition, messages }) => [
      partition,
      messages.map((m) => m.value),
    ]);
    expect(values).toEqual([
      [0, ['1', '3']],
      [1, ['2', '4']],
    ]);
  });
});
