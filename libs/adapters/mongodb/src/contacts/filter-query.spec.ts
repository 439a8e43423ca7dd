import { behaviourKey } from '@crier/audience';
import { packedIds } from '@crier/audience/testing';
import type { Filter } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { boundsOf, isExact } from './filter-query.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const bounds = (filter: Filter, bots?: readonly string[]) =>
  boundsOf({ filter, route: bots ? { bots } : 'main' }, NOW);
const possible = (filter: Filter, bots?: readonly string[]) => bounds(filter, bots).possible;

describe('boundsOf', () => {
  it('asks MongoDB for exactly what the filter means where it can', () => {
    const filter: Filter = {
      all: [
        { status: 'enabled' },
        { any: [{ tag: 'vip' }, { variable: 'city', is: 'Kyiv' }] },
        { none: [{ language: 'PT' }, { lastActive: { before: '2026-01-01' } }] },
      ],
    };
    expect(isExact(bounds(filter))).toBe(true);
    expect(possible(filter)).toEqual({
      $and: [
        { connections: { $elemMatch: { main: true, status: 'enabled' } } },
        {
          $or: [{ tags: 'vip' }, { variables: { $elemMatch: { name: 'city', value: 'Kyiv' } } }],
        },
        {
          $nor: [
            {
              $or: [{ ranges: 'pt' }, { lastActiveAt: { $lt: new Date('2026-01-01') } }],
            },
          ],
        },
      ],
    });
  });

  it('asks the status of the chosen bots only', () => {
    expect(possible({ status: 'blocked' }, ['a', 'b'])).toEqual({
      connections: { $elemMatch: { botId: { $in: ['a', 'b'] }, status: 'blocked' } },
    });
  });

  it('counts back from the moment of asking, to the millisecond', () => {
    expect(possible({ firstContact: { withinDays: 1, before: '2026-03-01' } })).toEqual({
      firstContactAt: { $gte: new Date('2026-02-28T12:00:00Z'), $lt: new Date('2026-03-01') },
    });
    expect(possible({ lastActive: { withinDays: 1e-9 } })).toEqual({
      lastActiveAt: { $gte: new Date(NOW) },
    });
  });

  it.each<[string, Filter, 'all' | 'none']>([
    ['everybody', { all: [] }, 'all'],
    ['everybody', { none: [] }, 'all'],
    ['nobody', { any: [] }, 'none'],
    ['nobody', { none: [{ all: [] }] }, 'none'],
    ['nobody', { all: [{ tag: 'vip' }, { any: [] }] }, 'none'],
    ['everybody', { any: [{ tag: 'vip' }, { all: [] }] }, 'all'],
    ['everybody', { firstContact: {} }, 'all'],
    ['nobody', { firstContact: { after: 'soon' } }, 'none'],
    ['nobody', { tag: '\uD800' }, 'none'],
    ['everybody', { variable: 'v', isNot: '\uD800' }, 'all'],
    ['everybody', { variable: '\uD800', isNot: 1 }, 'all'],
    ['nobody', { variable: '\uD800', is: 1 }, 'none'],
  ])('knows without asking that %s is found by %j', (_, filter, answer) => {
    expect(bounds(filter)).toEqual({ possible: answer, sure: answer });
  });

  it.each<Filter>([
    { variable: 'city', contains: 'yi' },
    { variable: 'city', above: 'K' },
    { variable: 'city', below: 'K' },
  ])('leaves the order and the parts of texts to the domain: %j', (filter) => {
    expect(bounds(filter)).toEqual({ possible: { 'variables.name': 'city' }, sure: 'none' });
  });

  it('narrows by what is exact beside what is not', () => {
    const city: Filter = { variable: 'city', contains: 'yi' };
    expect(possible({ all: [{ tag: 'vip' }, city] })).toEqual({
      $and: [{ tags: 'vip' }, { 'variables.name': 'city' }],
    });
    expect(bounds({ any: [{ tag: 'vip' }, city] })).toEqual({
      possible: { $or: [{ tags: 'vip' }, { 'variables.name': 'city' }] },
      sure: { tags: 'vip' },
    });
    expect(bounds({ none: [city] })).toEqual({
      possible: 'all',
      sure: { $nor: [{ 'variables.name': 'city' }] },
    });
  });

  it('names few who did something, and leaves many to the domain', () => {
    const behaviour = { did: 'opened', lastDays: 7 } as const;
    const asked = (count: number) => {
      const ids = Array.from({ length: count }, (_, n) => String(n).padStart(16, '0'));
      const doers = { [behaviourKey(behaviour)]: packedIds(ids) };
      return boundsOf({ filter: { behaviour }, route: 'main', doers }, NOW);
    };
    const two = { _id: { $in: ['0000000000000000', '0000000000000001'] } };
    expect(asked(2)).toEqual({ possible: two, sure: two });
    expect(asked(0)).toEqual({ possible: 'none', sure: 'none' });
    expect(asked(2_001)).toEqual({ possible: 'all', sure: 'none' });
    expect(() => possible({ behaviour })).toThrow('looked up');
  });

  it('asks numbers of numbers, and truth values for no order', () => {
    expect(possible({ variable: 'age', above: -0 })).toEqual({
      variables: { $elemMatch: { name: 'age', value: { $gt: 0 } } },
    });
    expect(possible({ variable: 'age', above: true })).toBe('none');
    expect(possible({ variable: 'age', isNot: 3, exists: true })).toEqual({
      $and: [
        { $nor: [{ variables: { $elemMatch: { name: 'age', value: 3 } } }] },
        { 'variables.name': 'age' },
      ],
    });
  });
});
