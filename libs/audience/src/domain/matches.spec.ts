import type { Connection, Contact, Filter, Route } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { packedIds } from '../testing/arbitraries.ts';
import { behaviourKey, BehaviourUnresolved } from './behaviours.ts';
import { matches } from './matches.ts';

const NOW = '2026-03-01T12:00:00.000Z';

const connection = (botId: string, more: Partial<Connection> = {}): Connection => ({
  botId,
  channel: 'telegram',
  address: '1',
  status: 'enabled',
  statusAt: NOW,
  main: false,
  ...more,
});

const contact: Contact = {
  id: 'AAAAAAAAAAAAAAAA',
  language: 'pt-BR',
  tags: ['vip'],
  tunnels: ['spring'],
  variables: { city: 'Straße', age: 30, member: true, note: '' },
  firstContactAt: '2026-01-01T00:00:00.000Z',
  lastActiveAt: '2026-02-22T12:00:00.000Z',
  connections: [
    connection('one', { main: true, status: 'blocked' }),
    connection('two', { channel: 'viber' }),
  ],
};

const finds = (filter: Filter, route: Route = 'main', of: Contact = contact): boolean =>
  matches(of, { filter, route }, NOW);

const yes: Filter = { tag: 'vip' };
const no: Filter = { tag: 'other' };

describe('groups', () => {
  it.each<[Filter, boolean]>([
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ none: [] }, true],
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ none: [no, no] }, true],
    [{ none: [no, yes] }, false],
    [{ none: [{ all: [yes, no] }, { any: [no] }] }, true],
  ])('%j is %s', (filter, found) => {
    expect(finds(filter)).toBe(found);
  });
});

describe('conditions on connections', () => {
  it('asks the main connection for its status, where the route is the main one', () => {
    expect(finds({ status: 'blocked' })).toBe(true);
    expect(finds({ status: 'enabled' })).toBe(false);
  });

  it('asks any of the chosen bots for the status, where bots are chosen', () => {
    expect(finds({ status: 'enabled' }, { bots: ['one', 'two'] })).toBe(true);
    expect(finds({ status: 'blocked' }, { bots: ['one', 'two'] })).toBe(true);
    expect(finds({ status: 'enabled' }, { bots: ['one', 'three'] })).toBe(false);
  });

  it('asks all connections for bot and channel', () => {
    expect(finds({ bot: 'two' })).toBe(true);
    expect(finds({ bot: 'three' })).toBe(false);
    expect(finds({ channel: 'viber' })).toBe(true);
    expect(finds({ channel: 'vk' })).toBe(false);
  });

  it('finds nobody by status who has no connection', () => {
    expect(finds({ status: 'enabled' }, 'main', { ...contact, connections: [] })).toBe(false);
  });
});

describe('conditions on variables', () => {
  it.each<[Filter, boolean]>([
    [{ variable: 'city', is: 'Straße' }, true],
    [{ variable: 'city', is: 'straße' }, false],
    [{ variable: 'city', isNot: 'Kyiv' }, true],
    [{ variable: 'unknown', isNot: 'Kyiv' }, true],
    [{ variable: 'age', is: 30 }, true],
    [{ variable: 'age', is: '30' }, false],
    [{ variable: 'age', isNot: '30' }, true],
    [{ variable: 'age', above: 29 }, true],
    [{ variable: 'age', above: 30 }, false],
    [{ variable: 'age', below: 31, above: 29 }, true],
    [{ variable: 'age', above: '1' }, false],
    [{ variable: 'city', above: 'Kyiv' }, true],
    [{ variable: 'city', below: 'Kyiv' }, false],
    [{ variable: 'member', above: 0 }, false],
    [{ variable: 'member', is: true }, true],
    [{ variable: 'unknown', below: 5 }, false],
    [{ variable: 'note', exists: true }, true],
    [{ variable: 'note', is: '' }, true],
    [{ variable: 'unknown', exists: true }, false],
    [{ variable: 'unknown', exists: false }, true],
    [{ variable: 'constructor', exists: true }, false],
    [{ variable: 'age', contains: '3' }, false],
  ])('%j is %s', (filter, found) => {
    expect(finds(filter)).toBe(found);
  });

  it.each([
    ['Straße', 'STRASSE'],
    ['STRASSE', 'straße'],
    ['Ὀδυσσεύς', 'ΣΕΎΣ'],
    ['ОЛЕНА', 'лен'],
    ['İstanbul', 'i\u0307STAN'],
    ['Cafe\u0301', 'FÉ'],
  ])('%s contains %s, whatever the case', (value, part) => {
    const filter: Filter = { variable: 'city', contains: part };
    expect(finds(filter, 'main', { ...contact, variables: { city: value } })).toBe(true);
  });
});

describe('conditions on language and dates', () => {
  it.each<[Filter, boolean]>([
    [{ language: 'pt' }, true],
    [{ language: 'PT-br' }, true],
    [{ language: 'p' }, false],
    [{ language: 'pt-PT' }, false],
    [{ firstContact: { before: '2026-01-01' } }, false],
    [{ firstContact: { before: '2026-01-02' } }, true],
    [{ firstContact: { after: '2026-01-01' } }, true],
    [{ firstContact: { after: '2026-01-01T00:00:00.001Z' } }, false],
    [{ firstContact: { after: '2025-12-01', before: '2026-01-01T01:00:00+01:00' } }, false],
    [{ lastActive: { withinDays: 7 } }, true],
    [{ lastActive: { withinDays: 6.99 } }, false],
    [{ lastActive: { withinDays: 30, after: '2026-02-23' } }, false],
  ])('%j is %s', (filter, found) => {
    expect(finds(filter)).toBe(found);
  });
});

describe('behaviour', () => {
  const behaviour = { did: 'clicked', broadcast: 'spring' } as const;
  const doers = (...ids: string[]) => ({ [behaviourKey(behaviour)]: packedIds(ids) });
  const found = (filter: Filter, ...ids: string[]): boolean =>
    matches(contact, { filter, route: 'main', doers: doers(...ids) }, NOW);

  it('finds who did it, and with none who did not', () => {
    expect(found({ behaviour }, 'AAAAAAAAAAAAAAAA')).toBe(true);
    expect(found({ behaviour }, 'AAAAAAAAAAAAAAAB')).toBe(false);
    expect(found({ none: [{ behaviour }] }, 'AAAAAAAAAAAAAAAA')).toBe(false);
    expect(found({ none: [{ behaviour }] })).toBe(true);
  });

  it('is refused where nobody looked up who did it', () => {
    const other = { did: 'clicked', broadcast: 'autumn' } as const;
    expect(() => found({ behaviour: other })).toThrow(BehaviourUnresolved);
  });
});
