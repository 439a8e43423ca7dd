import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { hello, World, type Row } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
  await world.contacts(60, (i) => ({
    tunnels: i < 29 ? ['spring'] : [],
    tags: i === 59 ? ['off'] : i % 10 === 0 ? ['vip'] : [],
    connections: [
      {
        botId: 'shop',
        address: String(7_000_000 + i),
        status: i === 59 ? 'unsubscribed' : 'enabled',
      },
    ],
  }));
});
afterAll(() => world.close());

const tunnel = { all: [{ status: 'enabled' }, { tunnel: 'spring' }] };

describe('the help page’s own story', () => {
  it('counts 29 today, and reaches the 34 who are in the tunnel when sending starts', async () => {
    const count = await world.call<{ matched: number }>('POST', '/v1/audience/count', {
      filter: tunnel,
      route: 'main',
    });
    expect(count.matched).toBe(29);
    const { id } = await world.draft({ audience: { filter: tunnel, route: 'main' } });
    const local = DateTime.now()
      .setZone('Europe/Kyiv')
      .plus({ seconds: 4 })
      .toFormat("yyyy-MM-dd'T'HH:mm:ss");
    await world.call('POST', `/v1/broadcasts/${id}/activate`, {
      start: { local, zone: 'Europe/Kyiv' },
    });
    expect((await world.row(id)).status).toBe('scheduled');
    await world.call(
      'POST',
      '/v1/contacts',
      Array.from({ length: 5 }, (_none, i) => ({
        tunnels: ['spring'],
        connections: [{ botId: 'shop', address: String(8_000_000 + i) }],
      })),
    );
    const row = await world.until(id, ({ status }) => status === 'sent');
    expect(row).toMatchObject({ planned: 34, sent: 34, failed: 0 });
  });
});

describe('the help page’s list, line by line', () => {
  it('gives a newsletter a default name', async () => {
    expect((await world.call<Row>('POST', '/v1/broadcasts', {})).name).toBe('New message');
  });

  it('is made in three steps: message, audience, settings', async () => {
    const { id } = await world.call<Row>('POST', '/v1/broadcasts', { name: 'Three steps' });
    await world.call('PUT', `/v1/broadcasts/${id}/message`, hello);
    await world.call('PUT', `/v1/broadcasts/${id}/audience`, { filter: tunnel, route: 'main' });
    await world.call('PUT', `/v1/broadcasts/${id}/settings`, { speed: 10 });
    const whole = await world.call<object>('GET', `/v1/broadcasts/${id}`);
    expect(whole).toMatchObject({
      message: hello,
      audience: { filter: tunnel },
      settings: { speed: 10 },
      status: 'draft',
    });
  });

  it('shows the number of recipients live, and lists them', async () => {
    const vip = { filter: { all: [{ status: 'enabled' }, { tag: 'vip' }] }, route: 'main' };
    expect(await world.call('POST', '/v1/audience/count', vip)).toMatchObject({ matched: 6 });
    const { items } = await world.call<{ items: object[] }>('POST', '/v1/audience/list', vip);
    expect(items).toHaveLength(6);
  });

  it('has the filter "connection status = enabled" there by default', async () => {
    const { id } = await world.call<Row>('POST', '/v1/broadcasts', {});
    const whole = await world.call<object>('GET', `/v1/broadcasts/${id}`);
    expect(whole).toMatchObject({
      audience: { filter: { all: [{ status: 'enabled' }] }, route: 'main' },
    });
  });

  it('lists and plans people of another status when that filter is removed, warns, and skips them', async () => {
    const audience = { filter: { all: [{ tag: 'off' }] }, route: 'main' };
    const { id } = await world.draft({ audience });
    const { warnings } = await world.call<{ warnings: object[] }>(
      'GET',
      `/v1/broadcasts/${id}/forecast`,
    );
    expect(warnings.length).toBeGreaterThan(0);
    await world.call('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
    expect(await world.until(id, ({ status }) => status === 'sent')).toMatchObject({
      planned: 1,
      skipped: 1,
      sent: 0,
    });
  });

  it('sends through the main connection, or through the bots that were chosen, in their order', async () => {
    const address = '9000001';
    await world.call('POST', '/v1/contacts', [
      {
        tags: ['two-bots'],
        connections: [
          { botId: 'shop', address, main: true },
          { botId: 'cafe', address },
        ],
      },
    ]);
    const filter = { all: [{ status: 'enabled' }, { tag: 'two-bots' }] };
    await world.send({ audience: { filter, route: 'main' } });
    await world.send({ audience: { filter, route: { bots: ['cafe', 'shop'] } } });
    expect(await world.chat('1:shop', address)).toHaveLength(1);
    expect(await world.chat('2:cafe', address)).toHaveLength(1);
  });

  it('takes a speed from 1 to 25, and 25 by default', async () => {
    const { id } = await world.call<Row>('POST', '/v1/broadcasts', {});
    expect(await world.call('GET', `/v1/broadcasts/${id}`)).toMatchObject({
      settings: { speed: 25 },
    });
    for (const speed of [0, 26, 1.5, -1, '25', null])
      expect((await world.ask('PUT', `/v1/broadcasts/${id}/settings`, { speed })).status).toBe(
        speed === 26 ? 422 : 400,
      );
    for (const speed of [1, 25])
      expect((await world.ask('PUT', `/v1/broadcasts/${id}/settings`, { speed })).status).toBe(200);
  });

  it('shows planned, sent, failed and clicks in one row, and "not reported" for what Telegram never reports', async () => {
    await world.trouble([{ chat: 7_000_000, method: 'sendMessage', do: { kind: 'blocked' } }]);
    const row = await world.send({
      audience: { filter: { all: [{ status: 'enabled' }, { tag: 'vip' }] }, route: 'main' },
    });
    expect(row).toMatchObject({ planned: 6, sent: 5, failed: 1, delivered: null });
    const chat = String(7_000_010);
    const message = (await world.chat('1:shop', chat)).at(-1);
    const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
    expect((await world.press('1:shop', chat, message?.message_id ?? 0, 1)).status).toBe(200);
    const link = new URL(buttons[0]?.url ?? '');
    expect((await world.ask('GET', link.pathname)).headers.get('location')).toBe(
      'https://shop.example/sale?x=1',
    );
    const clicked = await world.until(
      row.id,
      ({ clickedMessage, clickedLink }) => clickedMessage === 1 && clickedLink === 1,
    );
    expect(clicked.sent).toBe(5);
    await world.trouble([]);
  });

  it('copies a newsletter for its subsequent editing and sending', async () => {
    const source = await world.draft({ name: 'Original', settings: { speed: 7 } });
    const copy = await world.call<Row>('POST', `/v1/broadcasts/${source.id}/copy`, {});
    expect(await world.call('GET', `/v1/broadcasts/${copy.id}`)).toMatchObject({
      status: 'draft',
      message: hello,
      settings: { speed: 7 },
    });
  });

  it('deletes a newsletter from the table', async () => {
    const { id } = await world.draft({ name: 'To be deleted' });
    await world.call('DELETE', `/v1/broadcasts/${id}`);
    expect((await world.ask('GET', `/v1/broadcasts/${id}`)).status).toBe(404);
    const { items } = await world.call<{ items: Row[] }>(
      'GET',
      '/v1/broadcasts?name=To be deleted',
    );
    expect(items).toEqual([]);
  });

  it('stops a mailing', async () => {
    const { id } = await world.draft({ settings: { speed: 5 } });
    await world.call('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
    await world.until(id, ({ sent }) => sent > 0);
    await world.call('POST', `/v1/broadcasts/${id}/stop`);
    const row = await world.until(
      id,
      ({ status, waiting }) => status === 'stopped' && waiting === 0,
    );
    expect(row.skipped).toBeGreaterThan(0);
  });

  it('reports with message, audience and settings as they were sent', async () => {
    const row = await world.send({
      audience: { filter: tunnel, route: 'main' },
      settings: { speed: 24 },
    });
    const report = await world.call<object>('GET', `/v1/broadcasts/${row.id}/report`);
    expect(report).toMatchObject({
      message: hello,
      audience: { filter: tunnel, route: 'main' },
      settings: { speed: 24 },
      row: { planned: row.planned, sent: row.planned },
    });
  });
});
