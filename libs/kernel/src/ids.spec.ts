import { describe, expect, it } from '@jest/globals';
import { derivedId, freshId, opaqueId } from './index.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('derivedId', () => {
  it('gives the same id for the same parts, in every release', () => {
    expect(derivedId('command', 3)).toBe(derivedId('command', '3'));
    expect(derivedId('command', 3)).toBe('d10a18a6-6cc6-5002-94f6-236b2be3f3f0');
    expect(derivedId('command', 3)).toMatch(UUID);
  });

  it('tells apart other parts, another order and other borders between parts', () => {
    const ids = [
      derivedId('a', 'b'),
      derivedId('b', 'a'),
      derivedId('ab'),
      derivedId('a', 'b', ''),
      derivedId('a', 'c'),
      derivedId('a', 1, 2),
      derivedId('a', 12),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('freshId', () => {
  it('is another each time and sorts by the time of its making', () => {
    const ids = Array.from({ length: 500 }, () => freshId());
    expect(new Set(ids).size).toBe(500);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(UUID);
  });
});

describe('opaqueId', () => {
  it('is 16 characters that fit in a URL', () => {
    const ids = Array.from({ length: 500 }, () => opaqueId());
    expect(new Set(ids).size).toBe(500);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });
});
