import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { broadcastStream } from '@crier/contracts';
import { CommandIntake } from '@crier/broadcast';
import { SilentLog, SystemClock } from '@crier/kernel';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('idempotent commands', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open();
    await world.addContact('1001');
  });
  afterAll(() => world.close());

  it('answers a repeat with the first answer, and does the work once', async () => {
    const headers = { 'idempotency-key': 'order 1' };
    const body = { name: 'Once', settings: { speed: 3 } };
    const first = await world.ask('POST', '/v1/broadcasts', { body, headers });
    const repeat = await world.ask('POST', '/v1/broadcasts', { body, headers });
    expect(repeat.statusCode).toBe(201);
    expect(repeat.json()).toEqual(first.json());
    expect(repeat.headers['idempotency-replayed']).toBe('true');
    expect(repeat.headers.location).toBe(first.headers.location);
    expect(await world.store.read(broadcastStream(first.json().id))).toHaveLength(2);
  });

  it('replays a refusal as the same problem', async () => {
    const { id } = await world.sendable();
    const ask = () =>
      world.ask('POST', `/v1/broadcasts/${id}/resume`, {
        headers: { 'idempotency-key': 'resume' },
      });
    const first = await ask();
    const repeat = await ask();
    expect(first.json().code).toBe('NOT_ACTIVE');
    expect(repeat.json()).toEqual(first.json());
    expect(repeat.headers['idempotency-replayed']).toBe('true');
  });

  it('refuses a key that was used for another request, and a key that is none', async () => {
    const headers = { 'idempotency-key': 'order 2' };
    await world.ask('POST', '/v1/broadcasts', { body: { name: 'a' }, headers });
    const other = await world.ask('POST', '/v1/broadcasts', { body: { name: 'b' }, headers });
    expect(other.json()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    const long = await world.ask('POST', '/v1/broadcasts', {
      headers: { 'idempotency-key': 'x'.repeat(256) },
    });
    expect(long.json()).toMatchObject({ status: 400, errors: [{ path: 'Idempotency-Key' }] });
  });

  it('keeps the keys of different tokens apart', async () => {
    const headers = { 'idempotency-key': 'shared' };
    const mine = await world.ask('POST', '/v1/broadcasts', { headers });
    const theirs = await world.ask('POST', '/v1/broadcasts', { headers, as: 'admin' });
    expect(theirs.json().id).not.toBe(mine.json().id);
  });

  it('knows what became of a command', async () => {
    const headers = { 'idempotency-key': 'known' };
    await world.ask('POST', '/v1/broadcasts', { headers });
    const missing = await world.ask('GET', '/v1/commands/unknown');
    expect(missing.json().code).toBe('COMMAND_NOT_FOUND');
  });
});

describe('a gateway that nobody answers', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({ deaf: true, commandWaitMs: 100 });
  });
  afterAll(() => world.close());

  it('answers 202 with a place to look, where the outcome appears later; a repeat finds it', async () => {
    const headers = { 'idempotency-key': 'late' };
    const first = await world.ask('POST', '/v1/broadcasts', { body: { name: 'Late' }, headers });
    expect(first.statusCode).toBe(202);
    const { location } = first.json();
    expect((await world.ask('GET', location)).json().state).toBe('pending');

    const clock = new SystemClock();
    const deps = { store: world.store, bus: world.bus, clock, log: new SilentLog() };
    const intake = new CommandIntake(deps);
    await intake.start();
    const settled = async (): Promise<string> => (await world.ask('GET', location)).json().state;
    while ((await settled()) === 'pending') await clock.sleep(10);
    expect(await settled()).toBe('accepted');
    const repeat = await world.ask('POST', '/v1/broadcasts', { body: { name: 'Late' }, headers });
    expect(repeat.statusCode).toBe(201);
    expect(await world.store.read(broadcastStream(repeat.json().id))).toHaveLength(1);
    await intake.stop();
  });

  it('answers 202 to a test that no dispatcher carries out', async () => {
    const clock = new SystemClock();
    const deps = { store: world.store, bus: world.bus, clock, log: new SilentLog() };
    const intake = new CommandIntake(deps);
    await intake.start();
    const contactId = await world.addContact('1');
    const { id } = await world.sendable();
    const test = await world.ask('POST', `/v1/broadcasts/${id}/test`, { body: { contactId } });
    expect(test.statusCode).toBe(202);
    expect((await world.ask('GET', test.json().location)).json().state).toBe('pending');
    await intake.stop();
  });
});
