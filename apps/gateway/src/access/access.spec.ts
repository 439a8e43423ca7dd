import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('access', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({ adminToken: 'configured-admin-token' });
  });
  afterAll(() => world.close());

  it('asks for a token, and knows only its own', async () => {
    const none = await world.ask('GET', '/v1/broadcasts', { as: 'nobody' });
    expect(none.statusCode).toBe(401);
    expect(none.headers['www-authenticate']).toBe('Bearer');
    for (const authorization of ['Bearer crier_x', 'Basic abc', 'Bearer', 'Bearer a b'])
      expect(
        (await world.ask('GET', '/v1/broadcasts', { as: 'nobody', headers: { authorization } }))
          .statusCode,
      ).toBe(401);
  });

  it('takes the admin token that the configuration names', async () => {
    const headers = { authorization: 'Bearer configured-admin-token' };
    expect((await world.ask('GET', '/v1/tokens', { as: 'nobody', headers })).statusCode).toBe(200);
  });

  it('issues a token once, notes its use, and revokes it', async () => {
    const issued = await world.ask('POST', '/v1/tokens', {
      as: 'admin',
      body: { name: 'dashboards', role: 'analyst' },
    });
    const { id, token } = issued.json();
    expect(token).toMatch(/^crier_[\w-]{43}$/);
    const headers = { authorization: `Bearer ${token}` };
    const read = () => world.ask('GET', '/v1/broadcasts', { as: 'nobody', headers });
    expect((await read()).statusCode).toBe(200);
    const listed = (await world.ask('GET', '/v1/tokens', { as: 'admin' })).json().items;
    expect(JSON.stringify(listed)).not.toContain(token);
    expect(listed.find((one) => one.id === id)?.lastUsedAt).toBeDefined();
    expect((await world.ask('DELETE', `/v1/tokens/${id}`, { as: 'admin' })).statusCode).toBe(204);
    expect((await read()).statusCode).toBe(401);
    expect((await world.ask('DELETE', `/v1/tokens/${id}`, { as: 'admin' })).statusCode).toBe(404);
  });

  it.each(['operator', 'analyst', 'channel', 'admin'] as const)(
    'tells a token of the role %s whose it is',
    async (role) => {
      const me = await world.ask('GET', '/v1/me', { as: role });
      expect(me.json()).toEqual({ name: `the ${role}`, role });
      expect(me.headers['cache-control']).toBe('no-store');
    },
  );

  it('tells who is behind the configured admin token, and nobody without a token', async () => {
    const headers = { authorization: 'Bearer configured-admin-token' };
    const me = await world.ask('GET', '/v1/me', { as: 'nobody', headers });
    expect(me.json()).toEqual({ name: 'admin', role: 'admin' });
    expect((await world.ask('GET', '/v1/me', { as: 'nobody' })).statusCode).toBe(401);
  });

  it.each([
    ['analyst', 'POST', '/v1/broadcasts'],
    ['analyst', 'GET', '/v1/contacts'],
    ['analyst', 'GET', '/v1/exports/contacts'],
    ['channel', 'GET', '/v1/broadcasts'],
    ['channel', 'GET', '/v1/contacts'],
    ['operator', 'GET', '/v1/tokens'],
    ['operator', 'PUT', '/v1/bots/tg'],
    ['operator', 'POST', '/v1/admin/rebuild'],
    ['channel', 'GET', '/v1/admin/projections'],
  ] as const)('does not let a token of the role %s %s %s', async (as, method, url) => {
    const refused = await world.ask(method, url, { as });
    expect(refused.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('says how far the folds have come, rebuilds them and verifies them', async () => {
    const { items } = (await world.ask('GET', '/v1/admin/projections', { as: 'admin' })).json();
    expect(items[0]?.rebuilding).toBe(false);
    expect((await world.ask('POST', '/v1/admin/rebuild', { as: 'admin' })).statusCode).toBe(202);
    expect((await world.ask('POST', '/v1/admin/verify', { as: 'admin' })).json().ok).toBe(true);
  });
});

describe('the limit of requests', () => {
  it('answers 429 with Retry-After to a token that asks too often, and to nobody else', async () => {
    const world = await GatewayWorld.open({ requestsPerSecond: 3 });
    const ask = (as: 'operator' | 'analyst') => world.ask('GET', '/v1/broadcasts', { as });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask('operator')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await ask('operator');
    expect(refused.json().code).toBe('TOO_MANY_REQUESTS');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('analyst')).statusCode).toBe(200);
    await world.close();
  });
});
