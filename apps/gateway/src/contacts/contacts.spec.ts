import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayWorld } from '../testing/gateway-world.ts';
import { formWith } from '../testing/form.ts';

describe('contacts over HTTP', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open();
  });
  afterAll(() => world.close());

  const finished = async (location = '') => {
    for (;;) {
      const job = (await world.ask('GET', location)).json();
      if (job.state !== 'running') return job;
      await delay(5);
    }
  };

  it('creates, finds, changes and forgets a person', async () => {
    const body = {
      externalId: 'crm-1',
      firstName: 'Ann',
      connections: [{ botId: 'tg', address: '7' }],
    };
    const created = await world.ask('POST', '/v1/contacts', { body });
    expect(created.statusCode).toBe(201);
    const at = created.headers.location as string;
    const again = await world.ask('POST', '/v1/contacts', { body });
    expect(again.statusCode).toBe(200);
    const changed = await world.ask('PATCH', at, { body: { firstName: null, tags: ['vip'] } });
    expect(changed.json().tags).toEqual(['vip']);
    expect(changed.json().firstName).toBeUndefined();
    const found = await world.ask(
      'GET',
      `/v1/contacts?filter=${encodeURIComponent('{"tag":"vip"}')}`,
    );
    expect(found.json().items).toHaveLength(1);
    expect((await world.ask('GET', `${at}/deliveries`, { as: 'analyst' })).json().items).toEqual(
      [],
    );
    expect((await world.ask('DELETE', at)).statusCode).toBe(204);
    expect((await world.ask('GET', at)).json().code).toBe('CONTACT_NOT_FOUND');
    expect((await world.ask('DELETE', at)).statusCode).toBe(404);
  });

  it('upserts many in one write and tells what became of each', async () => {
    const body = [
      { externalId: 'm-1' },
      { externalId: 'm-2', connections: [{ botId: 'nobody', address: '1' }] },
    ];
    const answer = await world.ask('POST', '/v1/contacts', { body });
    expect(answer.json().items.map(({ ok }) => ok)).toEqual([true, false]);
    const one = await world.ask('POST', '/v1/contacts', { body: body[1] });
    expect(one.json()).toMatchObject({
      code: 'CONTACT_REFUSED',
      errors: [{ path: 'connections[0].botId', code: 'UNKNOWN_BOT' }],
    });
    const bad = await world.ask('POST', '/v1/contacts', {
      body: [{ externalId: 'x' }, { zone: 'Mars' }],
    });
    expect(bad.json().errors?.[0]).toMatchObject({ path: '[1].zone', code: 'ZONE_INVALID' });
  });

  it('counts and lists an audience', async () => {
    await world.addContact('2001');
    const audience = { filter: { all: [{ status: 'enabled' }] } };
    const counted = await world.ask('POST', '/v1/audience/count', {
      body: audience,
      as: 'analyst',
    });
    expect(counted.json()).toMatchObject({
      matched: 1,
      planned: 1,
      perBot: [{ botId: 'tg', count: 1 }],
    });
    const { id } = await world.sendable({
      message: { synchronised: false, elements: [] },
    });
    const unreached = await world.ask('POST', '/v1/audience/count', {
      body: { ...audience, broadcastId: id },
    });
    expect(unreached.json()).toMatchObject({ matched: 1, planned: 0 });
    const listed = await world.ask('POST', '/v1/audience/list', {
      body: { ...audience, limit: 1 },
    });
    expect(listed.json().items[0]?.externalId).toBe('2001');
    const denied = await world.ask('POST', '/v1/audience/list', { body: audience, as: 'analyst' });
    expect(denied.statusCode).toBe(403);
  });

  it('imports CSV from the body, and lists the rows that failed', async () => {
    const begun = await world.ask('POST', '/v1/imports?name=people.csv', {
      body: 'external_id,bot,address\r\ni-1,tg,501\r\n,,\r\ni-3,nobody,3\r\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(begun.statusCode).toBe(202);
    const job = await finished(begun.headers.location);
    expect(job).toMatchObject({ state: 'done', name: 'people.csv', progress: { created: 1 } });
    const report = await world.ask('GET', job.report);
    expect(report.body).toContain('UNKNOWN_BOT');
    expect((await world.ask('GET', '/v1/imports')).json().items.length).toBeGreaterThan(0);
  });

  it('imports NDJSON from a form, and exports what it imports', async () => {
    const form = formWith(
      'people.ndjson',
      'application/octet-stream',
      '{"externalId":"n-1","tags":["ndjson"]}\n',
    );
    const begun = await world.ask('POST', '/v1/imports', form);
    expect(await finished(begun.headers.location)).toMatchObject({
      state: 'done',
      format: 'ndjson',
      progress: { created: 1 },
    });
    const filter = encodeURIComponent('{"tag":"ndjson"}');
    const csv = await world.ask('GET', `/v1/exports/contacts?filter=${filter}`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')[1]).toContain('n-1');
    const lines = await world.ask('GET', '/v1/exports/contacts?format=ndjson');
    expect(lines.body.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('refuses uploads that are no files of contacts', async () => {
    const json = await world.ask('POST', '/v1/imports', { body: {} });
    expect(json.statusCode).toBe(415);
    const form = formWith('people.bin', 'application/octet-stream', 'x');
    expect((await world.ask('POST', '/v1/imports', form)).statusCode).toBe(415);
    const columns = await world.ask('POST', '/v1/imports', {
      body: 'nonsense\r\n1\r\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(await finished(columns.headers.location)).toMatchObject({
      state: 'failed',
      reason: 'UNKNOWN_COLUMN',
    });
    const cut = formWith('a.csv', 'text/csv', 'external_id\r\nx\r\n');
    const forms: readonly (readonly [string | Buffer, string])[] = [
      [(cut.body as Buffer).subarray(0, 90), 'multipart/form-data; boundary=a-boundary'],
      [(cut.body as Buffer).subarray(0, -4), 'multipart/form-data; boundary=a-boundary'],
      [cut.body as Buffer, 'multipart/form-data'],
      [cut.body as Buffer, 'multipart/form-data; boundary=another'],
      ['', 'multipart/form-data; boundary=a-boundary'],
      [Buffer.alloc(10_000, 255), 'multipart/form-data; boundary=a-boundary'],
    ];
    for (const [body, type] of forms)
      for (const url of ['/v1/imports', '/v1/media']) {
        const broken = await world.ask('POST', url, { body, headers: { 'content-type': type } });
        expect({ url, type, status: broken.statusCode, body: broken.body }).toMatchObject({
          status: 400,
        });
      }
    const empty = formWith('', 'text/csv', undefined);
    expect((await world.ask('POST', '/v1/imports', empty)).statusCode).toBe(400);
  });
});
