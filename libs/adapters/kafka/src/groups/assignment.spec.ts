import { describe, expect, it } from '@jest/globals';
import { assign, type Member } from './assignment.ts';

const member = (memberId: string, held: readonly number[] = [], generation = 1): Member => ({
  ...{ memberId, generation, held },
});

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const listed = (members: readonly Member[]) =>
  members.map(({ memberId, held }) => `${memberId}: ${[...held].sort().join()}`).join('; ');

/** Shares again and again, every member holding what it was last given, until nothing changes; counts what came to somebody. */
const settled = (members: readonly Member[], partitions: number) => {
  let now = members;
  let moves = 0;
  for (let generation = 2; ; generation += 1) {
    const given = assign(now, partitions);
    const next = now.map(({ memberId }) => member(memberId, given.get(memberId), generation));
    now.forEach(({ held }, at) => {
      moves += next[at]?.held.filter((partition) => !held.includes(partition)).length ?? 0;
    });
    if (listed(next) === listed(now)) return { members: next, moves };
    now = next;
  }
};

const sizesOf = (members: readonly Member[]) => members.map(({ held }) => held.length).sort();

describe('sharing partitions', () => {
  it('gives everything to one, and to several alike within one, each to exactly one', () => {
    expect(assign([member('a')], 6).get('a')).toEqual(upTo(6));
    for (const count of [2, 3, 4, 5, 7, 16, 20]) {
      const { members } = settled(
        upTo(count).map((n) => member(`m${n}`)),
        16,
      );
      const sizes = sizesOf(members);
      expect((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)).toBeLessThanOrEqual(1);
      const held = members.flatMap((one) => one.held).sort((one, other) => one - other);
      expect(held).toEqual(upTo(16));
    }
  });

  it('moves nothing while the members stay', () => {
    const members = [member('a', [5, 1, 3]), member('b', [0, 2, 4])];
    const given = assign(members, 6);
    expect([...(given.get('a') ?? [])].sort()).toEqual([1, 3, 5]);
    expect(given.get('b')).toEqual([0, 2, 4]);
  });

  it('moves to a new member its share only', () => {
    const { members, moves } = settled(
      [member('a', upTo(8)), member('b', upTo(16).slice(8)), member('c')],
      16,
    );
    expect(sizesOf(members)).toEqual([5, 5, 6]);
    expect(moves).toBe(5);
    expect(members[0]?.held.every((at) => at < 8)).toBe(true);
    expect(members[1]?.held.every((at) => at >= 8)).toBe(true);
  });

  it('gives at once what a dead member held, and leaves the others what they have', () => {
    const [a, b] = [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ];
    const given = assign([member('a', a), member('b', b)], 16);
    expect(given.get('a')).toEqual(expect.arrayContaining(a));
    expect(given.get('b')).toEqual(expect.arrayContaining(b));
    expect([...given.values()].flat().sort((one, other) => one - other)).toEqual(upTo(16));
  });

  it('never gives to one what another still holds', () => {
    const given = assign([member('a', upTo(6)), member('b')], 6);
    expect(given.get('b')).toEqual([]);
    expect(given.get('a')).toHaveLength(3);
    const { members } = settled([member('a', upTo(6)), member('b')], 6);
    expect(sizesOf(members)).toEqual([3, 3]);
  });

  it('believes the newer of two who say that they hold the same', () => {
    const given = assign([member('a', [0, 1], 3), member('b', [0, 1], 5)], 2);
    expect(given.get('b')).toHaveLength(1);
    expect(given.get('a')).toEqual([]);
  });

  it('knows no partition that is not there', () => {
    expect(assign([member('a', [0, 99])], 2).get('a')).toEqual([0, 1]);
  });
});
