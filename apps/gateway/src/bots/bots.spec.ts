import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('bots over HTTP', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open();
  });
  afterAll(() => world.close());

  const put = (id: string, body: object, as: 'channel' | 'operator' = 'channel') =>
    world.ask('PUT', `/v1/bots/${id}`, { body, as });
  const bot = { channel: 'telegram', credentials: { token: '123:secret' }, rate: 20 };

  it('registers a bot under the messenger’s name, and never gives credentials back', async () => {
    const created = await put('news', bot);
    expect(created.statusCode).toBe(201);
    expect(created.json()).toMatchObject({
      name: 'Named by the messenger',
      credentials: ['token'],
    });
    const changed = await put('news', {
      channel: 'telegram',
      name: 'News',
      forwardTo: 'https://a.example/x',
    });
    expect(changed.statusCode).toBe(200);
    expect((await world.bots.get('news'))?.credentials).toEqual({ token: '123:secret' });
    for (const url of ['/v1/bots', '/v1/bots/news'])
      expect((await world.ask('GET', url, { as: 'analyst' })).body).not.toContain('123:secret');
  });

  it('keeps nothing that the messenger refuses', async () => {
    const refused = await put('bad', { ...bot, credentials: { token: 'bad' } });
    expect(refused.json()).toMatchObject({ status: 422, code: 'CREDENTIALS_REFUSED' });
    expect(await world.bots.get('bad')).toBeUndefined();
  });

  it('refuses other roles, other channels, impossible rates and bots without credentials', async () => {
    expect((await put('x', bot, 'operator')).statusCode).toBe(403);
    expect((await put('tg', { ...bot, channel: 'vk' })).json().code).toBe('BOT_CHANNEL_FIXED');
    expect((await put('x', { ...bot, rate: 9_999 })).json().code).toBe('RATE_ABOVE_MOST');
    expect((await put('x', { channel: 'telegram' })).json().code).toBe('CREDENTIALS_MISSING');
    expect((await put('a%20b', bot)).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'id' }],
    });
  });

  it('forgets a bot', async () => {
    await put('gone', bot);
    expect((await world.ask('DELETE', '/v1/bots/gone', { as: 'channel' })).statusCode).toBe(204);
    expect((await world.ask('GET', '/v1/bots/gone')).statusCode).toBe(404);
    expect((await world.ask('DELETE', '/v1/bots/gone', { as: 'channel' })).statusCode).toBe(404);
  });

  it('shows the channels that dispatchers announced', async () => {
    const { items } = (await world.ask('GET', '/v1/channels')).json();
    expect(items).toMatchObject([{ channel: 'telegram', alive: true, instances: 1 }]);
  });
});
