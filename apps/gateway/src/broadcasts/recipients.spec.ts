import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { audienceStream, broadcastStream, deliveryStream } from '@crier/contracts';
import { freshId, NO_STREAM } from '@crier/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('recipients over HTTP', () => {
  let world: GatewayWorld;
  let id: string;
  const contacts = Array.from({ length: 5 }, (_none, i) => `contact${i}`.padEnd(16, 'x'));

  const append = async (
    stream: string,
    expected: number,
    facts: readonly (readonly [type: string, data: object])[],
  ): Promise<void> => {
    const recordedAt = new Date().toISOString();
    const metadata = {
      schemaVersion: 1,
      correlationId: 'c',
      causationId: 'c',
      actor: 'test',
      recordedAt,
    };
    await world.store.append(
      stream,
      expected,
      facts.map(([type, data]) => ({ id: freshId(), type, data, metadata })),
    );
  };

  beforeAll(async () => {
    world = await GatewayWorld.open();
    const draft = await world.sendable();
    ({ id } = draft);
    const at = new Date().toISOString();
    const lane = { lane: 0, botId: 'tg', channel: 'telegram', planned: 5 };
    const batch = { broadcastId: id, lane: 0, botId: 'tg', channel: 'telegram', from: 0 };
    await append(audienceStream(id), NO_STREAM, [
      ['BatchPlanned', { ...batch, contactIds: contacts, scannedTo: contacts[4] }],
      [
        'AudiencePlanned',
        { broadcastId: id, planned: 5, excluded: {}, lanes: [{ ...lane, batches: [[0, 0]] }] },
      ],
    ]);
    await append(broadcastStream(id), draft.revision, [
      ['BroadcastScheduled', { broadcastId: id, start: { mode: 'now' }, instant: at }],
      ['BroadcastStarted', { broadcastId: id, startedAt: at }],
      ['AudienceFrozen', { broadcastId: id, planned: 5, lanes: [lane], excluded: {} }],
    ]);
    const settled = [
      [0, 'sent'],
      [1, 'failed', { reason: 'blocked' }],
    ];
    await append(deliveryStream(id, 0), NO_STREAM, [
      [
        'WindowTurned',
        { epoch: 'e', settled: [], opened: { indexes: [[0, 2]], contentRevision: 1 } },
      ],
      ['WindowTurned', { epoch: 'e', settled }],
    ]);
    while ((await world.ask('GET', `/v1/broadcasts/${id}/report`)).json().row.failed !== 1)
      await delay(5);
  });
  afterAll(() => world.close());

  const read = (query: string, headers = {}) =>
    world.ask('GET', `/v1/broadcasts/${id}/recipients${query}`, { as: 'analyst', headers });

  it('gives them in pages, filtered', async () => {
    const first = (await read('?limit=2')).json();
    expect(first.items.map(({ outcome }) => outcome)).toEqual(['sent', 'failed']);
    const second = (await read(`?limit=2&after=${first.next ?? ''}`)).json();
    expect(second.items.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting']);
    const failed = (await read('?outcome=failed&reason=blocked')).json();
    expect(failed.items).toMatchObject([{ contactId: contacts[1], reason: 'blocked' }]);
  });

  it('gives all of them as CSV and NDJSON, by query or by Accept', async () => {
    const csv = await read('', { accept: 'text/csv' });
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.body.trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toContain(`${contacts[1]},tg,telegram,failed,blocked`);
    const ndjson = await read('?format=ndjson&outcome=waiting');
    expect(ndjson.body.trim().split('\n')).toHaveLength(3);
  });

  it('tells what one person got', async () => {
    const got = await world.ask('GET', `/v1/contacts/${contacts[1]}/deliveries`);
    expect(got.json().items).toMatchObject([{ broadcastId: id, outcome: 'failed' }]);
  });

  it('knows no recipients of a broadcast that is not there', async () => {
    const url = `/v1/broadcasts/${freshId()}/recipients`;
    for (const query of ['', '?format=csv'])
      expect((await world.ask('GET', url + query)).statusCode).toBe(404);
  });
});
