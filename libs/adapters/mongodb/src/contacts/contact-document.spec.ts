import type { Contact } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { cardOf, contactOf, documentOf, keysOf, routable } from './contact-document.ts';

const contact: Contact = {
  id: 'AAAAAAAAAAAAAAAA',
  externalId: 'crm-1',
  firstName: 'Ada',
  language: 'zh-Hant-TW',
  tags: ['vip'],
  tunnels: [],
  variables: { 'a.b': 1, city: 'Kyiv', first_name: 'other', zero: 0 },
  firstContactAt: '2026-01-01T00:00:00.000Z',
  lastActiveAt: '2026-02-01T00:00:00.123Z',
  connections: [
    {
      botId: 'vk',
      channel: 'vk',
      address: '7',
      status: 'blocked',
      statusAt: '2026-01-05T00:00:00.000Z',
      main: false,
    },
    {
      botId: 'tele',
      channel: 'telegram',
      address: '7',
      status: 'enabled',
      statusAt: '2026-01-05T00:00:00.000Z',
      main: true,
    },
  ],
};
const document = documentOf(contact, 'r');

describe('the stored form of a contact', () => {
  it('gives back the same contact', () => {
    expect(contactOf(document)).toEqual(contact);
  });

  it('holds one key for the external id and one for each address', () => {
    expect(new Set(document.keys).size).toBe(3);
    expect(document.keys).toEqual(keysOf(contact));
  });

  it('has no list of keys where there are none, because an empty one would be a key of its own', () => {
    const { id, tags, tunnels, variables, firstContactAt, lastActiveAt } = contact;
    const times = { firstContactAt, lastActiveAt };
    const bare = { id, tags, tunnels, variables, ...times, connections: [] };
    expect(documentOf(bare, 'r')).not.toHaveProperty('keys');
  });

  it.each([
    ['["tele","7"]', 'tele', '7'],
    ['external x', 'tele', 'external x'],
  ])('never takes the external id %j for an address', (externalId, botId, address) => {
    const [one] = keysOf({ externalId });
    expect(keysOf({ connections: [{ botId, address }] })).not.toContain(one);
  });

  it('is found by every range of its language', () => {
    expect(document.ranges).toEqual(['zh', 'zh-hant', 'zh-hant-tw']);
  });

  it('keeps one form of zero', () => {
    const negative = documentOf({ ...contact, variables: { zero: -0 } }, 'r');
    expect(negative.variables).toEqual([{ name: 'zero', value: 0 }]);
  });

  it('tells routing the same in any order of connections', () => {
    const turned = { ...contact, connections: contact.connections.toReversed() };
    expect(documentOf(turned, 'r').ways).toBe(document.ways);
    expect(routable(document.ways).connections).toMatchObject([
      { botId: 'tele', status: 'enabled', main: true },
      { botId: 'vk', status: 'blocked', main: false },
    ]);
  });

  it("makes a card in which the person's own fields win", () => {
    expect(cardOf(document, 'vk')).toEqual({
      contactId: contact.id,
      address: '7',
      status: 'blocked',
      activeAt: contact.lastActiveAt,
      variables: {
        'a.b': 1,
        city: 'Kyiv',
        zero: 0,
        first_name: 'Ada',
        name: 'Ada',
        language: 'zh-Hant-TW',
      },
    });
    expect(cardOf(document, 'nobody')).toBeUndefined();
  });
});
