import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topics, type Capabilities } from '@crier/contracts';
import { GatewayWorld } from '../testing/gateway-world.ts';

interface Registered {
  readonly credentials: readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What dispatchers announce whose connectors no gateway has. */
const OTHERS: Omit<Capabilities, 'channel'> = {
  version: 'test',
  reports: { delivered: false, opened: false },
  rate: { standard: 25, most: 50 },
  elements: ['text'],
  buttons: [],
  limits: {
    textLength: 100,
    captionLength: 100,
    buttonsPerMessage: 1,
    labelLength: 10,
    galleryCards: { least: 1, most: 1 },
    mediaBytes: 1,
  },
  idempotent: false,
};
const PIGEON: Capabilities = { ...OTHERS, channel: 'pigeon', ownSecrets: ['coo', 'feather'] };

describe('bots over HTTP', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({ strangers: [PIGEON, { ...OTHERS, channel: 'parrot' }] });
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

  it('makes up the secrets that only a dispatcher knows of, and shows them this once', async () => {
    const created = await put('flock', { channel: 'pigeon' });
    expect(created.statusCode).toBe(201);
    expect(created.headers['cache-control']).toBe('no-store');
    const { secrets, credentials } = JSON.parse(created.body) as Registered;
    expect(credentials).toEqual(['coo', 'feather']);
    expect(Object.keys(secrets ?? {})).toEqual(['coo', 'feather']);
    expect(Object.values(secrets ?? {})).toEqual([
      expect.stringMatching(/^[\w-]{32}$/),
      expect.stringMatching(/^[\w-]{32}$/),
    ]);
    expect((await world.bots.get('flock'))?.credentials).toEqual(secrets);

    const again = await put('flock', { channel: 'pigeon', name: 'Flock' });
    expect(again.statusCode).toBe(200);
    const shown = await world.ask('GET', '/v1/bots', { as: 'analyst' });
    for (const { body } of [again, shown]) {
      expect(body).not.toContain('secrets');
      for (const secret of Object.values(secrets ?? {})) expect(body).not.toContain(secret);
    }
    expect((await world.bots.get('flock'))?.credentials).toEqual(secrets);
  });

  it('makes up nothing that is given, or that the messenger is told itself', async () => {
    const given = { coo: 'mine', feather: 'too' };
    const all = await put('tame', { channel: 'pigeon', credentials: given });
    expect(all.body).not.toContain('secrets');
    expect((await world.bots.get('tame'))?.credentials).toEqual(given);
    const some = await put('wild', { channel: 'pigeon', credentials: { coo: 'mine' } });
    const { secrets } = JSON.parse(some.body) as Registered;
    expect(Object.keys(secrets ?? {})).toEqual(['feather']);
    expect((await world.bots.get('wild'))?.credentials).toEqual({ coo: 'mine', ...secrets });
    expect((await put('plain', bot)).body).not.toContain('secrets');
  });

  it('still demands credentials where nothing is made up', async () => {
    const refused = await put('loud', { channel: 'parrot' });
    expect(refused.json()).toMatchObject({ status: 422, code: 'CREDENTIALS_MISSING' });
    expect(await world.bots.get('loud')).toBeUndefined();
  });

  it('shows the channels that dispatchers announced', async () => {
    const { items } = (await world.ask('GET', '/v1/channels')).json();
    expect(items).toMatchObject([
      { channel: 'parrot', alive: true },
      { channel: 'pigeon', alive: true, capabilities: { ownSecrets: ['coo', 'feather'] } },
      { channel: 'telegram', alive: true, instances: 1 },
    ]);
  });

  it('shows of several copies the secrets that all of them can do without', async () => {
    const announce = (instance: string, ownSecrets: readonly string[] | undefined) => {
      const capabilities = { ...OTHERS, channel: 'pigeon', ...(ownSecrets && { ownSecrets }) };
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      const value = { v: 1, instance, capabilities, expiresAt };
      return world.bus.publish([{ topic: topics.channels, key: `pigeon/${instance}`, value }]);
    };
    const ownSecrets = async (): Promise<readonly string[] | undefined> => {
      const { items } = JSON.parse((await world.ask('GET', '/v1/channels')).body) as {
        readonly items: readonly { channel: string; capabilities: Capabilities }[];
      };
      return items.find(({ channel }) => channel === 'pigeon')?.capabilities.ownSecrets;
    };
    await announce('two', ['feather', 'seed']);
    await expect(ownSecrets()).resolves.toEqual(['feather']);
    await announce('older', undefined);
    await expect(ownSecrets()).resolves.toBeUndefined();
  });
});
