import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../testing/gateway-world.ts';

interface Counted {
  readonly matched: number;
  readonly planned: number;
  readonly perBot: readonly { readonly botId: string; readonly count: number }[];
  readonly excluded: Readonly<Record<string, number>>;
}

const text = (words: string) => ({ elements: [{ type: 'text', text: words }] });

/** Telegram, Viber and VK; everybody has a main connection, some a second one. */
const PEOPLE: readonly (readonly [name: string, main: string, other?: string])[] = [
  ['a', 'tg'],
  ['b', 'tg', 'viber'],
  ['c', 'viber', 'tg'],
  ['d', 'viber'],
  ['e', 'vk', 'viber'],
  ['f', 'vk'],
];

describe('an audience over three channels', () => {
  let world: GatewayWorld;
  const names = new Map<string, string>();

  beforeAll(async () => {
    world = await GatewayWorld.open({ channels: ['telegram', 'viber', 'vk'] });
    for (const [name, main, other] of PEOPLE) {
      const bots = [main, ...(other === undefined ? [] : [other])];
      const connections = bots.map((botId, index) => ({
        botId,
        address: `${name.charCodeAt(0)}`,
        main: index === 0,
        status: name === 'c' && botId === 'tg' ? ('blocked' as const) : ('enabled' as const),
      }));
      const [answer] = await world.directory.upsert([{ externalId: name, connections }]);
      if (answer?.ok !== true) throw new Error('contact refused');
      names.set(answer.id, name);
    }
  });
  afterAll(() => world.close());

  const filter = { all: [{ status: 'enabled' }] };
  const draft = async (message: object, route: unknown = 'main'): Promise<string> =>
    (await world.sendable({ message, audience: { filter, route } })).id;
  const count = async (broadcastId: string, route: unknown = 'main'): Promise<Counted> => {
    const body = { filter, route, broadcastId };
    return JSON.parse((await world.ask('POST', '/v1/audience/count', { body })).body) as Counted;
  };
  const forecast = async (id: string): Promise<Counted> =>
    JSON.parse((await world.ask('GET', `/v1/broadcasts/${id}/forecast`)).body) as Counted;
  const listed = async (broadcastId: string, route: unknown = 'main'): Promise<string> => {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const body = { filter, route, broadcastId, limit: 2, ...(after ? { after } : {}) };
      const page = (await world.ask('POST', '/v1/audience/list', { body })).json();
      found.push(...page.items.map(({ id }) => names.get(id) ?? id));
      after = page.next;
    } while (after !== undefined);
    return found.sort().join('');
  };
  const byBot = ({ perBot }: Counted): Record<string, number> =>
    Object.fromEntries(perBot.map(({ botId, count: people }) => [botId, people]));

  it('is reached through the main connection unless bots are chosen', async () => {
    const id = await draft({ synchronised: true, ...text('Hi') });
    const counted = await count(id);
    expect(byBot(counted)).toEqual({ tg: 2, viber: 2, vk: 2 });
    expect(counted).toMatchObject({ matched: 6, planned: 6, excluded: {} });
    await expect(listed(id)).resolves.toBe('abcdef');
  });

  it('leaves out, and counts, whose channel has no content', async () => {
    const channels = { telegram: text('Hi'), viber: text('Hello') };
    const id = await draft({ synchronised: false, elements: [], channels });
    const counted = await count(id);
    expect(byBot(counted)).toEqual({ tg: 2, viber: 2 });
    expect(counted).toMatchObject({ matched: 6, planned: 4, excluded: { no_content: 2 } });
    await expect(forecast(id)).resolves.toMatchObject({ planned: 4, excluded: { no_content: 2 } });
    await expect(listed(id)).resolves.toBe('abcd');
  });

  it('lists only the subscribers of the channel that the message was written for', async () => {
    const channels = { viber: text('Hello') };
    const id = await draft({ synchronised: false, elements: [], channels });
    await expect(listed(id)).resolves.toBe('cd');
    await expect(listed(id, { bots: ['vk', 'viber'] })).resolves.toBe('bcde');
  });

  it('takes the first chosen bot that reaches a person, one message each', async () => {
    const route = { bots: ['viber', 'tg'] };
    const id = await draft({ synchronised: true, ...text('Hi') }, route);
    const counted = await count(id, route);
    expect(byBot(counted)).toEqual({ viber: 4, tg: 1 });
    expect(counted).toMatchObject({ matched: 5, planned: 5 });
    await expect(listed(id, route)).resolves.toBe('abcde');
    const turned = { bots: ['tg', 'viber'] };
    // c blocked the Telegram bot: the next chosen one reaches them.
    expect(byBot(await count(id, turned))).toEqual({ tg: 2, viber: 3 });
    expect(byBot(await forecast(id))).toEqual({ viber: 4, tg: 1 });
  });

  it('passes over a chosen bot whose channel has no content', async () => {
    const channels = { telegram: text('Hi') };
    const route = { bots: ['viber', 'tg'] };
    const id = await draft({ synchronised: false, elements: [], channels }, route);
    const counted = await count(id, route);
    // c's only other connection is blocked, but is one: they are planned, and skipped when it is sent.
    expect(byBot(counted)).toEqual({ tg: 3 });
    expect(counted).toMatchObject({ matched: 5, planned: 3, excluded: { no_content: 2 } });
  });

  it('refuses to send what no channel of the audience shows', async () => {
    const channels = { vk: text('Hi') };
    const route = { bots: ['tg'] };
    const id = await draft({ synchronised: false, elements: [], channels }, route);
    const refused = await world.ask('POST', `/v1/broadcasts/${id}/activate`, {
      body: { start: 'now' },
    });
    expect(refused.json()).toMatchObject({ status: 422, code: 'AUDIENCE_EMPTY' });
    expect(refused.json().detail).toContain('no_content 2');
  });

  it('refuses a cursor that no page gave', async () => {
    const broadcastId = await draft({ synchronised: true, ...text('Hi') });
    const body = { filter, broadcastId, after: 'nonsense' };
    const refused = await world.ask('POST', '/v1/audience/list', { body });
    expect(refused.json()).toMatchObject({ status: 400, code: 'BAD_CURSOR' });
  });
});
