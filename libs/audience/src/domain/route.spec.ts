import type { Connection } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { route, type RoutingTable } from './route.ts';

const table: RoutingTable = {
  bots: { tele: 'telegram', tele2: 'telegram', vib: 'viber', vk: 'vk' },
  contentFor: ['telegram', 'viber'],
  served: ['telegram', 'vk'],
};

const connected = (...ways: readonly [string, Connection['status']?, boolean?][]) => ({
  connections: ways.map(([botId, status = 'enabled', main = false]) => ({
    botId,
    channel: 'telegram',
    address: '1',
    status,
    statusAt: '2026-01-01T00:00:00.000Z',
    main,
  })),
});

describe('the route over the main connection', () => {
  it('is the main one, whatever others there are', () => {
    const contact = connected(['tele'], ['tele2', 'enabled', true]);
    expect(route(contact, 'main', table)).toEqual({ botId: 'tele2' });
  });

  it('is the main one even where it is not enabled: it is planned, and skipped with the reason', () => {
    const contact = connected(['tele', 'blocked', true], ['tele2']);
    expect(route(contact, 'main', table)).toEqual({ botId: 'tele' });
  });

  it.each([
    ['no_connection', connected()],
    ['unknown_bot', connected(['gone', 'enabled', true])],
    ['no_content', connected(['vk', 'enabled', true])],
    ['channel_absent', connected(['vib', 'enabled', true])],
  ])('excludes with the reason %s', (excluded, contact) => {
    expect(route(contact, 'main', table)).toEqual({ excluded });
  });
});

describe('the route over chosen bots', () => {
  const bots = (...ids: string[]) => ({ bots: ids });

  it('is the first in the order of the operator that reaches the person', () => {
    const contact = connected(['tele'], ['tele2']);
    expect(route(contact, bots('tele2', 'tele'), table)).toEqual({ botId: 'tele2' });
    expect(route(contact, bots('tele', 'tele2'), table)).toEqual({ botId: 'tele' });
  });

  it('prefers an enabled connection to an earlier one that is not', () => {
    const contact = connected(['tele', 'blocked'], ['tele2']);
    expect(route(contact, bots('tele', 'tele2'), table)).toEqual({ botId: 'tele2' });
  });

  it('falls back to the first that could send where none is enabled', () => {
    const contact = connected(['tele', 'blocked'], ['tele2', 'unsubscribed']);
    expect(route(contact, bots('vk', 'tele2', 'tele'), table)).toEqual({ botId: 'tele2' });
  });

  it('passes over bots that are gone, without content or without a dispatcher', () => {
    const contact = connected(['gone'], ['vk'], ['vib'], ['tele']);
    expect(route(contact, bots('gone', 'vk', 'vib', 'tele'), table)).toEqual({ botId: 'tele' });
  });

  it('tells the reason of the first chosen bot where the person is connected', () => {
    const contact = connected(['vib'], ['vk']);
    expect(route(contact, bots('tele', 'vk', 'vib'), table)).toEqual({ excluded: 'no_content' });
    expect(route(contact, bots('tele'), table)).toEqual({ excluded: 'no_connection' });
  });

  it('never uses a bot that was not chosen', () => {
    const contact = connected(['tele', 'enabled', true]);
    expect(route(contact, bots('tele2'), table)).toEqual({ excluded: 'no_connection' });
  });
});
