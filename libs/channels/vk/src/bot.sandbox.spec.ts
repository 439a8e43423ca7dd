import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookRequest } from '@crier/connector';
import { openHook, someTarget } from '@crier/connector/testing';
import { VkConnector } from './index.ts';
import { GROUP_ID, PEER } from './testing/peers.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/vk-facts.ts';

let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: VkConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  connector = new VkConnector({ version: '1.0.0', timeoutMs: 1500 });
  await sandbox.admin('PUT', `bots/${TOKEN}`, { name: 'Corner Shop', id: GROUP_ID });
});
beforeEach(async () => {
  await sandbox.admin('DELETE', 'trouble');
  await sandbox.admin('DELETE', 'record');
  await sandbox.admin('PUT', 'receipts', {});
});
afterAll(async () => {
  await connector.close();
  await sandbox.close();
});

const sender = (more?: Readonly<Record<string, string>>) => senderAt(sandbox.apiUrl, more);
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const otherCalls = async () => {
  const counts = await sandbox.admin('GET', 'counts');
  return (counts as { readonly otherCalls: Readonly<Record<string, number>> }).otherCalls;
};
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => String(1_000 + index));
const sendTo = (addresses: readonly string[]) => {
  const part = connector.compile([{ type: 'text', text: 'Hi' }], {}).render(someTarget(''))[0]!;
  const from = sender();
  return Promise.all(addresses.map((address) => connector.send(from, address, part)));
};

/** The webhook of a bot, at a copy of the dispatcher. */
const hookOf = (copy: () => VkConnector, credentials = {}) =>
  openHook((call) => copy().readWebhook(sender(credentials), call));

describe('a bot', () => {
  it('is connected, and its receipts, presses, comings and goings come back', async () => {
    const hook = await hookOf(() => connector);
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    expect(await otherCalls()).toMatchObject({ 'groups.addCallbackServer': 1 });

    const part = connector.compile(GOOD.slice(0, 1), {}).render(someTarget(PEER))[0]!;
    const sent = await connector.send(sender(), PEER, part);
    const id = sent.result === 'accepted' ? sent.id : '';
    const tell = (path: string, fields: object) =>
      sandbox.admin('POST', path, { bot: TOKEN, chat: PEER, ...fields });
    await tell('updates', { kind: 'sent', messageId: id, randomId: 1000 });
    await tell('updates', { kind: 'seen', messageId: id });
    await tell('press', { button: 1 });
    await tell('updates', { kind: 'block' });
    await tell('updates', { kind: 'unblock' });
    await tell('updates', { kind: 'start', payload: 'spring' });
    await tell('updates', { kind: 'pay', amount: 1_500_000 });
    expect(hook.events()).toMatchObject([
      { kind: 'receipt', what: 'sent', address: PEER, which: { ids: [id], key: 1000 } },
      { kind: 'receipt', what: 'opened', address: PEER, which: { upToId: id } },
      { kind: 'pressed', address: PEER, ref: someTarget(PEER).refOf(1) },
      { kind: 'status', address: PEER, status: 'unsubscribed' },
      { kind: 'status', address: PEER, status: 'enabled' },
      { kind: 'started', address: PEER, payload: 'spring', language: 'en' },
      { kind: 'paid', address: PEER, amount: 150_000, currency: 'RUB' },
    ]);
    expect(new Set(hook.events().map(({ dedupe }) => dedupe)).size).toBe(7);

    const pressed = hook.events()[2]!;
    const press = { id: pressed.kind === 'pressed' ? pressed.pressId : '', address: PEER };
    await expect(connector.answerPress(sender(), press, 'Done')).resolves.toEqual({
      result: 'accepted',
      id: '',
    });
    const gone = { ...press, id: 'gone' };
    await expect(connector.answerPress(sender(), gone)).resolves.toMatchObject({
      result: 'refused',
    });
    await expect(connector.answerPress(sender(), { id: 'said' }, 'Done')).resolves.toEqual({
      result: 'accepted',
      id: '',
    });
    await hook.close();
  });

  it('hears receipts twice, out of order and before the answer, each under one name', async () => {
    const hook = await hookOf(() => connector);
    await connector.connect(sender(), hook.url);
    const plan = { sentAfterMs: 0, seenAfterMs: 0, copies: 2, shuffled: true };
    await sandbox.admin('PUT', 'receipts', plan);
    await trouble([], { latencyMs: 200 });
    const sent = await sendTo(people(20));
    while (hook.events().length < 80) await new Promise((resolve) => setTimeout(resolve, 10));
    const seen = hook.events();
    expect(new Set(seen.map(({ dedupe }) => dedupe)).size).toBe(40);
    const ids = sent.map((result) => (result.result === 'accepted' ? result.id : ''));
    const proven = seen.flatMap((event) =>
      event.kind === 'receipt' && event.what === 'sent' ? (event.which.ids ?? []) : [],
    );
    expect(new Set(proven)).toEqual(new Set(ids));
    await hook.close();
  });

  it('is connected although VK asks another copy for the code', async () => {
    const another = new VkConnector({ version: '1.0.0', timeoutMs: 1500 });
    const hook = await hookOf(() => another);
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await hook.close();
    await another.close();
  });

  it('says the code that its credentials hold, and leaves the servers of the community alone', async () => {
    const confirmation = 'a1b2c3d4';
    const hook = await hookOf(() => connector, { confirmation });
    await connector.connect(sender({ confirmation }), hook.url);
    const question = Buffer.from(JSON.stringify({ type: 'confirmation', group_id: GROUP_ID }));
    const call: WebhookRequest = { method: 'POST', query: {}, headers: {}, rawBody: question };
    await expect(connector.readWebhook(sender({ confirmation }), call)).resolves.toEqual({
      authentic: true,
      events: [],
      foreign: false,
      answer: confirmation,
    });
    expect(await otherCalls()).toEqual({ 'groups.getById': 1 });
    await hook.close();
  });

  it.each([
    ['of another community', { group_id: 5 }],
    ['under another secret', { group_id: GROUP_ID, secret: 'another' }],
  ])('answers no question %s', async (_, fields) => {
    const rawBody = Buffer.from(JSON.stringify({ type: 'confirmation', ...fields }));
    const call: WebhookRequest = { method: 'POST', query: {}, headers: {}, rawBody };
    expect(await connector.readWebhook(sender(), call)).toEqual({ authentic: false });
  });

  it('has no answer where VK does not say the code', async () => {
    const away = new VkConnector({ version: '1.0.0', timeoutMs: 300 });
    const question = Buffer.from(JSON.stringify({ type: 'confirmation', group_id: GROUP_ID }));
    const call: WebhookRequest = { method: 'POST', query: {}, headers: {}, rawBody: question };
    const reading = await away.readWebhook(senderAt('http://127.0.0.1:1'), call);
    expect(reading).toEqual({ authentic: true, events: [], foreign: false, answer: '' });
    await away.close();
  });

  it.each([
    ['an unknown token', { token: 'nobody' }, undefined],
    ['a broken token', { token: 'no\r\ntoken' }, undefined],
    ['no community', { groupId: 'shop' }, undefined],
    ['another community', { groupId: '5' }, undefined],
    ['no secret', { secret: '' }, 'http://127.0.0.1:1/hook'],
    ['an address that is none', {}, 'nowhere'],
    ['a webhook that does not answer', {}, 'http://127.0.0.1:1/hook'],
  ])('is not connected with %s', async (_, credentials, url) => {
    const connecting = connector.connect(sender(credentials), url);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody|vk1\.a|aaQ13/),
    });
  });

  it('is not connected while VK is away', async () => {
    const connecting = connector.connect(senderAt('http://127.0.0.1:1'), undefined);
    await expect(connecting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
