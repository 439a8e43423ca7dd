import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { broadcastStream, type MessageContent } from '@crier/contracts';
import { GatewayWorld } from '../testing/gateway-world.ts';

const hello: MessageContent = {
  synchronised: true,
  elements: [
    {
      type: 'text',
      text: 'Hi {{first_name | friend}}',
      buttons: [{ kind: 'link', label: 'See', url: 'https://shop.example.com/sale' }],
    },
  ],
};

describe('broadcasts over HTTP', () => {
  let world: GatewayWorld;
  let contactId: string;
  beforeAll(async () => {
    world = await GatewayWorld.open();
    contactId = await world.addContact('1001');
  });
  afterAll(() => world.close());

  it('drafts a broadcast with a default name, and reads it back at once', async () => {
    const created = await world.ask('POST', '/v1/broadcasts');
    expect(created.statusCode).toBe(201);
    const { id, name, status } = created.json();
    expect({ name, status }).toEqual({ name: 'New message', status: 'draft' });
    const read = await world.ask('GET', `/v1/broadcasts/${id}`);
    expect(read.headers.etag).toBe(created.headers.etag);
    expect(created.headers.location).toBe(`/v1/broadcasts/${id}`);
  });

  it('takes the three steps at once, and each by itself', async () => {
    const audience = { filter: { all: [{ status: 'enabled' }] }, route: { bots: ['tg'] } };
    const created = await world.ask('POST', '/v1/broadcasts', {
      body: { name: 'Spring', message: hello, audience, settings: { speed: 7 } },
    });
    expect(created.statusCode).toBe(201);
    const at = `/v1/broadcasts/${created.json().id}`;
    await world.ask('PUT', `${at}/settings`, { body: { speed: 9 } });
    await world.ask('PUT', `${at}/audience`, { body: { filter: { tag: 'vip' } } });
    await world.ask('PATCH', at, { body: { name: 'Summer' } });
    const read = (await world.ask('GET', at)).json();
    expect(read).toMatchObject({
      name: 'Summer',
      message: hello,
      audience: { filter: { tag: 'vip' }, route: 'main' },
      settings: { speed: 9 },
    });
    const list = await world.ask('GET', '/v1/broadcasts?sort=-createdAt&limit=1&status=draft,sent');
    expect(list.json().items).toHaveLength(1);
    const history = await world.ask('GET', `${at}/history`, { as: 'analyst' });
    expect(history.json().items.map(({ actor }) => actor)).toContain('the operator');
    const report = await world.ask('GET', `${at}/report`, { as: 'analyst' });
    expect(report.json().row.name).toBe('Summer');
  });

  it('refuses a change made on an older revision, and says where it stands', async () => {
    const { id, revision } = await world.sendable();
    const at = `/v1/broadcasts/${id}/settings`;
    const headers = { 'if-match': `"${revision}"` };
    const first = await world.ask('PUT', at, { body: { speed: 3 }, headers });
    expect(first.statusCode).toBe(200);
    const second = await world.ask('PUT', at, { body: { speed: 4 }, headers });
    expect(second.statusCode).toBe(412);
    expect(second.json().code).toBe('REVISION_MISMATCH');
    expect(second.headers.etag).toBe(first.headers.etag);
    const malformed = await world.ask('PUT', at, {
      body: { speed: 4 },
      headers: { 'if-match': '3' },
    });
    expect(malformed.statusCode).toBe(400);
  });

  it('activates at a wall time, moved to the next valid one where daylight saving skips it', async () => {
    const { id } = await world.sendable();
    const year = new Date().getUTCFullYear() + 2;
    const lastSunday = new Date(Date.UTC(year, 2, 31));
    lastSunday.setUTCDate(31 - lastSunday.getUTCDay());
    const day = lastSunday.toISOString().slice(0, 10);
    const activated = await world.ask('POST', `/v1/broadcasts/${id}/activate`, {
      body: { start: { local: `${day}T03:30`, zone: 'Europe/Kyiv' } },
    });
    expect(activated.statusCode).toBe(200);
    expect(activated.json()).toMatchObject({
      status: 'scheduled',
      sendAt: `${day}T01:00:00.000Z`,
      start: { movedTo: `${day}T04:00`, local: `${day}T03:30` },
    });
    const again = await world.ask('POST', `/v1/broadcasts/${id}/activate`, {
      body: { start: 'now' },
    });
    expect(again.json().code).toBe('ALREADY_ACTIVATED');
    const edited = await world.ask('PUT', `/v1/broadcasts/${id}/settings`, { body: { speed: 2 } });
    expect(edited.statusCode).toBe(409);
    const back = await world.ask('POST', `/v1/broadcasts/${id}/unschedule`);
    expect(back.json().status).toBe('draft');
  });

  it('holds, resumes and stops what is scheduled, and deletes it', async () => {
    const { id } = await world.sendable();
    const at = `/v1/broadcasts/${id}`;
    await world.ask('POST', `${at}/activate`, { body: { start: 'now' } });
    expect((await world.ask('POST', `${at}/hold`)).json().status).toBe('held');
    expect((await world.ask('POST', `${at}/resume`)).statusCode).toBe(200);
    expect((await world.ask('POST', `${at}/resume`)).json().code).toBe('NOT_HELD');
    const deleted = await world.ask('DELETE', at);
    expect(deleted.json().code).toBe('STILL_SENDING');
    expect((await world.ask('POST', `${at}/retry`, { body: { what: 'failed' } })).json().code).toBe(
      'NOTHING_TO_RETRY',
    );
    expect((await world.ask('POST', `${at}/stop`)).json().status).toBe('stopped');
    expect((await world.ask('DELETE', at)).statusCode).toBe(204);
    expect((await world.ask('GET', at)).statusCode).toBe(404);
    expect((await world.ask('PATCH', at, { body: { name: 'x' } })).json().code).toBe(
      'BROADCAST_DELETED',
    );
  });

  it('copies message, audience and settings into a new draft', async () => {
    const { id } = await world.sendable({ name: 'First', settings: { speed: 5 } });
    const copy = await world.ask('POST', `/v1/broadcasts/${id}/copy`);
    expect(copy.statusCode).toBe(201);
    expect(copy.json()).toMatchObject({
      name: 'First (copy)',
      copyOf: id,
      speed: 5,
      status: 'draft',
    });
    const named = await world.ask('POST', `/v1/broadcasts/${id}/copy`, {
      body: { name: 'Second' },
    });
    expect(named.json().name).toBe('Second');
  });

  it('refuses to activate without content, without people, above the ceiling and in the past', async () => {
    const empty = await world.ask('POST', '/v1/broadcasts');
    const now = { start: 'now' };
    const first = await world.ask('POST', `/v1/broadcasts/${empty.json().id}/activate`, {
      body: now,
    });
    expect(first.json()).toMatchObject({ status: 422, code: 'MESSAGE_MISSING' });
    const nobody = await world.sendable({ audience: { filter: { tag: 'nobody has it' } } });
    const second = await world.ask('POST', `/v1/broadcasts/${nobody.id}/activate`, { body: now });
    expect(second.json()).toMatchObject({ status: 422, code: 'AUDIENCE_EMPTY' });
    const fast = await world.ask('POST', '/v1/broadcasts', { body: { settings: { speed: 26 } } });
    expect(fast.json()).toMatchObject({ status: 422, code: 'SPEED_ABOVE_CEILING' });
    expect(fast.json().detail).toContain('25');
    const { id } = await world.sendable();
    for (const [start, code] of [
      [{ local: '2020-01-01T09:00', zone: 'Europe/Kyiv' }, 'START_IN_PAST'],
      [{ local: '2099-02-30T09:00', zone: 'Europe/Kyiv' }, 'START_INVALID'],
      [{ local: '2099-02-01T09:00', zone: 'Mars/Olympus' }, 'START_INVALID'],
    ] as const) {
      const refused = await world.ask('POST', `/v1/broadcasts/${id}/activate`, { body: { start } });
      expect(refused.json()).toMatchObject({ status: 422, code });
    }
  });

  it('names the place in the body of content that a channel cannot send', async () => {
    const { id } = await world.sendable();
    const long = { type: 'text', text: 'x'.repeat(5_000) };
    const refused = await world.ask('PUT', `/v1/broadcasts/${id}/message`, {
      body: { synchronised: true, elements: [hello.elements[0], long] },
    });
    expect(refused.json()).toMatchObject({ status: 422, code: 'CONTENT_NOT_SENDABLE' });
    expect(refused.json().errors?.[0]?.path).toBe('elements[1].text');
    const draft = await world.ask('POST', '/v1/broadcasts', {
      body: {
        message: {
          synchronised: false,
          elements: [],
          channels: { telegram: { elements: [long] } },
        },
      },
    });
    expect(draft.json().errors?.[0]?.path).toBe('message.channels.telegram.elements[0].text');
  });

  it('refuses unknown variables, media, channels and bots, with the name that was meant', async () => {
    const { id } = await world.sendable();
    const put = async (step: string, body: object) =>
      (await world.ask('PUT', `/v1/broadcasts/${id}/${step}`, { body })).json();
    const text = { type: 'text', text: 'Hi {{frist_name}}' };
    const typo = await put('message', { synchronised: true, elements: [text] });
    expect(typo).toMatchObject({
      code: 'UNKNOWN_VARIABLE',
      errors: [{ path: 'elements[0].text' }],
    });
    expect(typo.detail).toContain('first_name');
    const media = { type: 'image', media: 'a'.repeat(64) };
    expect(await put('message', { synchronised: true, elements: [media] })).toMatchObject({
      code: 'UNKNOWN_MEDIA',
      errors: [{ path: 'elements[0].media' }],
    });
    expect(
      await put('message', {
        synchronised: true,
        elements: [],
        channels: { icq: { elements: [] } },
      }),
    ).toMatchObject({ code: 'UNKNOWN_CHANNEL' });
    expect(await put('audience', { filter: { bot: 'nobody' } })).toMatchObject({
      code: 'UNKNOWN_BOT',
      errors: [{ path: 'filter.bot' }],
    });
    expect(
      await put('audience', { filter: { any: [{ variable: 'ciyt', is: 'x' }] } }),
    ).toMatchObject({
      code: 'UNKNOWN_VARIABLE',
      errors: [{ path: 'filter.any[0].variable' }],
    });
  });

  it('forecasts the reach, the duration and what is odd', async () => {
    const { id } = await world.sendable({
      message: {
        synchronised: true,
        elements: [
          {
            type: 'text',
            text: 'Hi',
            buttons: [{ kind: 'link', label: 'x', url: 'http://localhost/a' }],
          },
        ],
      },
      audience: { filter: { all: [] } },
    });
    const forecast = (await world.ask('GET', `/v1/broadcasts/${id}/forecast`)).json();
    expect(forecast).toMatchObject({
      matched: 1,
      planned: 1,
      parts: 1,
      durationSeconds: 1,
      speed: 25,
    });
    expect(forecast.warnings.map(({ code }) => code)).toEqual(['STATUS_NOT_ASKED', 'LOCAL_LINK']);
  });

  it('previews the message with the variables of a contact', async () => {
    const { id } = await world.sendable({ message: hello });
    const one = await world.ask('GET', `/v1/broadcasts/${id}/preview?contactId=${contactId}`);
    expect(one.json().channels[0]?.parts[0]).toMatchObject({
      text: 'Hi Ann',
      buttons: [{ label: 'See' }],
    });
    const none = await world.ask('GET', `/v1/broadcasts/${id}/preview`);
    expect(none.json().channels[0]?.parts[0]?.text).toBe('Hi friend');
    expect((await world.ask('GET', `/v1/broadcasts/${id}/preview?contactId=x`)).statusCode).toBe(
      404,
    );
  });

  it('draws nothing into history when one of several steps is refused', async () => {
    const before = await world.store.head();
    const refused = await world.ask('POST', '/v1/broadcasts', {
      body: { name: 'x', message: hello, audience: { filter: { bot: 'nobody' } } },
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors?.[0]?.path).toBe('audience.filter.bot');
    expect(await world.store.head()).toBe(before);
  });

  it('writes who did it into the history', async () => {
    const { id } = await world.sendable();
    const [drafted] = await world.store.read(broadcastStream(id));
    expect(drafted?.metadata.actor).toBe('the operator');
  });
});
