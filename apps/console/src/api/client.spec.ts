import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ScriptedApi } from '../testing/scripted-api.ts';
import { client } from './client.ts';
import { tokenKeeper } from './token-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
  tokenKeeper.keep('mine', { remembered: false });
});
afterEach(() => {
  vi.useRealTimers();
});

const pending = () =>
  new Response(JSON.stringify({ commandId: 'c', location: '/v1/commands/c' }), {
    status: 202,
    headers: { 'content-type': 'application/json' },
  });

it('waits out what is not known yet, under one key, so that nothing is done twice', async () => {
  const api = new ScriptedApi().on('POST /v1/broadcasts', () =>
    api.asked.length < 3 ? pending() : { id: 'made' },
  );
  vi.stubGlobal('fetch', api.fetch);
  const asked = client.POST('/v1/broadcasts', { body: { name: 'Once' } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await asked).data).toEqual({ id: 'made' });
  expect(new Set(api.asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  expect(api.asked.map(({ body }) => body)).toEqual(Array(3).fill({ name: 'Once' }));
});

it('gives every act a key of its own, and none to a question', async () => {
  const api = new ScriptedApi()
    .on('POST /v1/broadcasts', () => ({}))
    .on('GET /v1/bots', () => ({ items: [] }));
  vi.stubGlobal('fetch', api.fetch);
  await client.POST('/v1/broadcasts', {});
  await client.POST('/v1/broadcasts', {});
  await client.GET('/v1/bots', {});
  const keys = api.asked.map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBeNull();
  expect(api.asked[2]?.headers.get('authorization')).toBe('Bearer mine');
});
