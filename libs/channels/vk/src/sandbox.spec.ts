import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RenderTarget, SendResult, WebhookRequest } from '@crier/connector';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { VkConnector } from './index.ts';
import { GROUP_ID, PEER } from './testing/peers.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/vk-facts.ts';

const HELLO: readonly Element[] = [{ type: 'text', text: 'Hi {{name | all}}' }];

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
const counts = async () =>
  (await sandbox.admin('GET', 'counts')) as {
    readonly accepted: number;
    readonly distinctChats: number;
    readonly duplicates: number;
    readonly flooded: number;
    readonly otherCalls: Readonly<Record<string, number>>;
    readonly trouble: Readonly<Record<string, number>>;
  };
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => String(1_000 + index));
/** Sends one text to all in one turn. */
const sendTo = (
  addresses: readonly string[],
  variables: (address: string) => RenderTarget['variables'] = () => ({}),
): Promise<readonly SendResult[]> => {
  const compiled = connector.compile(HELLO, {});
  const from = sender();
  return Promise.all(
    addresses.map((address) =>
      connector.send(from, address, compiled.render(someTarget(address, variables(address)))[0]!),
    ),
  );
};
const distinctStarts = async () => {
  const times = (await sandbox.record()).map(({ at }) => at);
  return [...new Set(times)].sort((a, b) => a - b);
};

describe('sending', () => {
  it('brings each their own text, 25 in a request, no faster than 18 requests a second', async () => {
    const to = people(500);
    await trouble([], { perSecond: 20 });
    const results = await sendTo(to, (address) => ({ name: `no. ${address}` }));
    expect(results.every(({ result }) => result === 'accepted')).toBe(true);
    expect(await sandbox.messages(TOKEN, to[321]!)).toMatchObject([{ message: 'Hi no. 1321' }]);
    const starts = await distinctStarts();
    expect(starts).toHaveLength(20);
    expect(starts.at(-1)! - starts[0]!).toBeGreaterThan((19 / 18) * 1000 - 100);
    expect(await counts()).toMatchObject({ accepted: 500, flooded: 0 });
  });

  it('lets what comes meanwhile join the next request', async () => {
    await Promise.all(
      people(60).map(async (address, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 3));
        return sendTo([address], () => ({ name: address }));
      }),
    );
    expect(await counts()).toMatchObject({ accepted: 60, distinctChats: 60 });
    expect((await distinctStarts()).length).toBeLessThan(10);
  });

  it('hears of each who was refused, and the others get their message', async () => {
    await trouble([
      { chat: '1001', do: { kind: 'blocked' } },
      { chat: 1002, do: { kind: 'error', code: 950 } },
      { chat: 1003, do: { kind: 'deactivated' } },
    ]);
    expect(await sendTo(people(5))).toMatchObject([
      { result: 'accepted' },
      { result: 'gone', status: 'unsubscribed' },
      { result: 'refused', reason: 'reply_timed_out' },
      { result: 'gone', status: 'disabled' },
      { result: 'accepted' },
    ]);
  });

  it('finds the one who spoils the call of a hundred; ninety-nine get their message once', async () => {
    await trouble([{ chat: '1063', do: { kind: 'error', code: 113 } }]);
    const results = await sendTo(people(100));
    const others = results.filter((_, index) => index !== 63);
    expect(results[63]).toMatchObject({ result: 'gone', reason: 'peer_unknown' });
    expect(new Set(others.map(({ result }) => result))).toEqual(new Set(['accepted']));
    expect(await counts()).toMatchObject({ accepted: 99, distinctChats: 99, duplicates: 0 });
  });
});

/** The webhook of a bot, at a copy of the dispatcher. */
const hookOf = (copy: () => VkConnector, credentials = {}) =>
  openHook((call) => copy().readWebhook(sender(credentials), call));

describe('a bot', () => {
  it('is connected under its name, and called at one address however often', async () => {
    const hook = await hookOf(() => connector);
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await hook.close();
    expect((await counts()).otherCalls).toMatchObject({ 'groups.addCallbackServer': 1 });
  });

  it('answers presses that wait for it', async () => {
    const hook = await hookOf(() => connector);
    await connector.connect(sender(), hook.url);
    const part = connector.compile(GOOD.slice(0, 1), {}).render(someTarget(PEER))[0]!;
    await connector.send(sender(), PEER, part);
    await sandbox.admin('POST', 'press', { bot: TOKEN, chat: PEER, button: 1 });
    await hook.close();
    const [pressed] = hook.events();
    const press = { id: pressed?.kind === 'pressed' ? pressed.pressId : '', address: PEER };
    const done = { result: 'accepted', id: '' };
    await expect(connector.answerPress(sender(), press, 'Done')).resolves.toEqual(done);
    await expect(connector.answerPress(sender(), { id: 'said' }, 'Done')).resolves.toEqual(done);
    const gone = { ...press, id: 'gone' };
    await expect(connector.answerPress(sender(), gone)).resolves.toMatchObject({
      result: 'refused',
    });
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
    expect((await counts()).otherCalls).toEqual({ 'groups.getById': 1 });
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
});
