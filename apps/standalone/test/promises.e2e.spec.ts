import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World, type Row } from './world.ts';

const CONTACTS = 3_000;
const FAST = { settings: { speed: 100_000 } };

let world: World;
beforeAll(async () => {
  world = await World.open({ CRIER_SPEED_CEILING: '100000' });
  await world.contacts(CONTACTS);
  for (const [i, id] of ['shop', 'cafe'].entries())
    await world.putBot(id, `${i + 1}:${id}`, { rate: 1_000 });
});
afterAll(() => world.close());

const activated = async (): Promise<Row> => {
  const row = await world.draft(FAST);
  await world.call('POST', `/v1/broadcasts/${row.id}/activate`, { start: 'now' });
  return row;
};

describe('what Crier promises', () => {
  it('P2, P8: nobody twice and sums exact, though the process is killed in the middle', async () => {
    const { id } = await activated();
    await world.until(id, ({ sent }) => sent > 200);
    await world.crash();
    await world.until(id, ({ sent }) => sent > 1_000);
    await world.crash();
    const row = await world.until(id, ({ status }) => status === 'sent', 90);
    expect(row.planned).toBe(CONTACTS);
    expect((await world.counts()).duplicates).toBe(0);
    const verified = await world.call<{ ok: boolean }>('POST', '/v1/admin/verify');
    expect(verified.ok).toBe(true);
  });

  it('P3: a hold ends all sending at once, and a resume loses nobody', async () => {
    const { id } = await activated();
    await world.until(id, ({ sent }) => sent > 100);
    const at = Date.now();
    await world.call('POST', `/v1/broadcasts/${id}/hold`);
    const held = await world.until(id, ({ status }) => status === 'held');
    expect(held.waiting).toBeGreaterThan(0);
    expect(((await world.starts()).at(-1) ?? 0) - at).toBeLessThan(1_000);
    await world.call('POST', `/v1/broadcasts/${id}/resume`);
    expect(await world.until(id, ({ status }) => status === 'sent')).toMatchObject({
      sent: CONTACTS,
      unconfirmed: 0,
    });
  });

  it('P7: retries exactly those who failed', async () => {
    await world.trouble([
      { share: { of: 10, is: 3 }, method: 'sendMessage', do: { kind: 'chat_not_found' } },
    ]);
    const row = await world.send(FAST);
    expect(row.failed).toBeGreaterThan(100);
    await world.trouble([]);
    const before = await world.counts();
    const again = await world.ask('POST', `/v1/broadcasts/${row.id}/retry`, { what: 'failed' });
    expect(again.status).toBe(200);
    const done = await world.until(
      row.id,
      ({ status, waiting, failed, skipped }) =>
        status === 'sent' && waiting === 0 && failed + skipped > 0,
    );
    expect((await world.counts()).accepted - before.accepted).toBe(done.sent - row.sent);
  });

  it('P8: a rebuild gives the same documents while the API answers', async () => {
    const documents = async (): Promise<unknown> => {
      const { items } = await world.call<{ items: Row[] }>('GET', '/v1/broadcasts');
      return Promise.all(items.map(({ id }) => world.call('GET', `/v1/broadcasts/${id}/report`)));
    };
    const before = await documents();
    const rebuilding = world.ask('POST', '/v1/admin/rebuild');
    expect((await world.ask('GET', '/v1/broadcasts')).status).toBe(200);
    expect((await rebuilding).status).toBeLessThan(300);
    await world.rebuilt();
    expect(await documents()).toEqual(before);
  });

  it('says nothing but a problem to whom it does not know', async () => {
    for (const authorization of ['', 'Bearer nonsense', 'Basic eDp5']) {
      const answer = await world.ask<{ code: string }>('GET', '/v1/broadcasts', undefined, {
        authorization,
      });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        401,
        expect.stringContaining('application/problem+json'),
      ]);
    }
  });

  it('answers forged webhooks and tampered links with nothing but a refusal', async () => {
    const forged = await world.ask(
      'POST',
      '/hooks/telegram/shop',
      { update_id: 1 },
      { 'x-telegram-bot-api-secret-token': 'no' },
    );
    expect(forged.status).toBe(403);
    expect((await world.ask('POST', '/hooks/telegram/nobody', { update_id: 1 })).status).toBe(404);
    expect((await world.ask('POST', '/hooks/telegram/shop', 'x'.repeat(2_000_000))).status).toBe(
      413,
    );
    expect((await world.ask('GET', `/r/${'A'.repeat(38)}`)).status).toBe(404);
  });

  it('marks whoever blocks the bot, and takes in whoever starts it', async () => {
    await world.update({ bot: '1:shop', chat: 7_000_000, kind: 'block' });
    await world.update({ bot: '1:shop', chat: 99_000_001, kind: 'start', firstName: 'Newcomer' });
    const count = (status: string): Promise<{ matched: number }> =>
      world.call('POST', '/v1/audience/count', { filter: { all: [{ status }] }, route: 'main' });
    expect((await count('blocked')).matched).toBeGreaterThan(0);
    expect((await count('enabled')).matched).toBeGreaterThan(0);
  });

  it('leaves nothing in doubt when it is stopped in an orderly way', async () => {
    const { id } = await activated();
    await world.until(id, ({ sent }) => sent > 100);
    await world.restart();
    const row = await world.until(id, ({ status }) => status === 'sent');
    expect(row.unconfirmed).toBe(0);
  });
});
