import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Turnstile } from './turnstile.ts';

const settled = (): Promise<void> => Promise.resolve();

describe('a turnstile', () => {
  it('lets a crowd through in order, so many in each turn of the loop', async () => {
    const turnstile = new Turnstile(2);
    const through: number[] = [];
    const turns: number[] = [];
    const all = [0, 1, 2, 3, 4].map((i) => turnstile.pass().then(() => through.push(i)));
    await settled();
    expect(through).toEqual([0, 1]);
    while (through.length < 5) {
      const before = through.length;
      await sleep(1);
      turns.push(through.length - before);
    }
    await Promise.all(all);
    expect(through).toEqual([0, 1, 2, 3, 4]);
    expect(turns.filter((count) => count > 0)).toEqual([2, 1]);
  });

  it('lets whoever comes alone through at once, again and again', async () => {
    const turnstile = new Turnstile(1);
    for (let i = 0; i < 3; i += 1) {
      let isThrough = false;
      const passed = turnstile.pass().then(() => {
        isThrough = true;
      });
      await settled();
      expect(isThrough).toBe(true);
      await passed;
      await sleep(5);
    }
  });
});
