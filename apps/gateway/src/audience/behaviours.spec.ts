import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderStream } from '@crier/contracts';
import { freshId } from '@crier/kernel';
import { GatewayWorld } from '../testing/gateway-world.ts';
import { sentThrough, tell, untilFolded } from '../testing/told-facts.ts';

describe('people by what they did, over HTTP', () => {
  let world: GatewayWorld;
  let people: string[];
  let spring: string;

  beforeAll(async () => {
    world = await GatewayWorld.open();
    people = [];
    for (const name of ['1', '2', '3', '4', '5']) people.push(await world.addContact(name));
    people.sort();
    const draft = await world.sendable({ name: 'Spring' });
    spring = draft.id;
    const clicks = [
      [0, 0],
      [1, 1],
    ] as const;
    await sentThrough(world, draft, people.slice(0, 3), clicks);
  });
  afterAll(() => world.close());

  const count = async (filter: object) => {
    const answer = await world.ask('POST', '/v1/audience/count', { body: { filter } });
    expect(answer.statusCode).toBe(200);
    return JSON.parse(answer.body) as { readonly matched: number; readonly planned: number };
  };
  const list = async (filter: object) => {
    const { items } = (await world.ask('POST', '/v1/audience/list', { body: { filter } })).json();
    return items.map(({ id }) => id);
  };

  it('counts and lists who was sent a broadcast, and who was not', async () => {
    const behaviour = { did: 'sent', broadcast: spring };
    await expect(count({ behaviour })).resolves.toMatchObject({ matched: 3, planned: 3 });
    await expect(list({ behaviour })).resolves.toEqual(people.slice(0, 3));
    await expect(list({ none: [{ behaviour }] })).resolves.toEqual(people.slice(3));
  });

  it('knows which button, and the broadcasts of the last days', async () => {
    await expect(
      list({ behaviour: { did: 'clicked', button: 1, broadcast: spring } }),
    ).resolves.toEqual([people[1]]);
    await expect(list({ behaviour: { did: 'clicked', lastDays: 1 } })).resolves.toEqual(
      people.slice(0, 2),
    );
    await expect(list({ behaviour: { did: 'opened', lastDays: 1 } })).resolves.toEqual([]);
    const clickedNothing = {
      all: [
        { behaviour: { did: 'sent', lastDays: 30 } },
        { none: [{ behaviour: { did: 'clicked', lastDays: 30 } }] },
      ],
    };
    await expect(list(clickedNothing)).resolves.toEqual([people[2]]);
  });

  it('knows who ordered, and shows it with the recipient', async () => {
    const order = {
      shop: 'books',
      orderId: '1',
      broadcastId: spring,
      lane: 0,
      index: 2,
      button: 0,
    };
    const at = new Date().toISOString();
    await tell(world, orderStream('books', '1'), [
      ['OrderCredited', { ...order, amount: 990, currency: 'EUR', at }],
    ]);
    await untilFolded(world);
    const behaviour = { did: 'ordered', broadcast: spring };
    await expect(list({ behaviour })).resolves.toEqual([people[2]]);
    await expect(list({ none: [{ behaviour: { did: 'ordered', lastDays: 1 } }] })).resolves.toEqual(
      people.filter((_, index) => index !== 2),
    );
    const url = `/v1/broadcasts/${spring}/recipients`;
    const { items } = JSON.parse((await world.ask('GET', url)).body) as {
      readonly items: readonly { readonly receipts: readonly object[] }[];
    };
    expect(items[2]?.receipts).toMatchObject([{ kind: 'ordered', button: 0, count: 1 }]);
    const csv = (await world.ask('GET', `${url}?format=csv`)).body.trim().split('\r\n');
    expect(csv[0]).toMatch(/,clicked,ordered$/);
    expect(csv[3]).toMatch(/,0,0,0,1$/);
  });

  it('pages, filters contacts and exports by it', async () => {
    const filter = { behaviour: { did: 'sent', broadcast: spring } };
    const first = (
      await world.ask('POST', '/v1/audience/list', { body: { filter, limit: 2 } })
    ).json();
    const body = { filter, limit: 2, after: first.next };
    const second = (await world.ask('POST', '/v1/audience/list', { body })).json();
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(people.slice(0, 3));
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}`;
    expect((await world.ask('GET', `/v1/contacts?${query}`)).json().items).toHaveLength(3);
    const exported = await world.ask('GET', `/v1/exports/contacts?format=ndjson&${query}`);
    expect(exported.body.trim().split('\n')).toHaveLength(3);
  });

  it("is a broadcast's audience: forecast and activation count by it", async () => {
    const filter = {
      all: [{ status: 'enabled' }, { none: [{ behaviour: { did: 'sent', broadcast: spring } }] }],
    };
    const { id } = await world.sendable({ audience: { filter } });
    const forecast = await world.ask('GET', `/v1/broadcasts/${id}/forecast`);
    expect(forecast.json()).toMatchObject({ matched: 2, planned: 2 });
    const nobody = await world.sendable({
      audience: { filter: { behaviour: { did: 'opened', broadcast: spring } } },
    });
    const refused = await world.ask('POST', `/v1/broadcasts/${nobody.id}/activate`, {
      body: { start: 'now' },
    });
    expect(refused.json()).toMatchObject({ status: 422, code: 'AUDIENCE_EMPTY' });
  });

  it('takes a deleted broadcast, and names the place of one that never was', async () => {
    const { id } = await world.sendable();
    await world.ask('DELETE', `/v1/broadcasts/${id}`);
    await expect(list({ behaviour: { did: 'sent', broadcast: id } })).resolves.toEqual([]);
    for (const broadcast of [freshId(), 'nonsense']) {
      const filter = { any: [{ behaviour: { did: 'sent', broadcast } }] };
      const refused = await world.ask('POST', '/v1/audience/count', { body: { filter } });
      expect(refused.json()).toMatchObject({
        status: 422,
        code: 'AUDIENCE_INVALID',
        errors: [{ path: 'filter.any[0].behaviour.broadcast', code: 'UNKNOWN_BROADCAST' }],
      });
    }
  });

  it('says what is wrong with a condition', async () => {
    const filter = { behaviour: { did: 'paid', lastDays: 1 } };
    const refused = await world.ask('POST', '/v1/audience/count', { body: { filter } });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ path: 'filter.behaviour.did', code: 'FILTER_BEHAVIOUR_UNKNOWN' }],
    });
  });
});
