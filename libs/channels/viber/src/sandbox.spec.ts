import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { ViberConnector } from './index.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/viber-facts.ts';

const ANN = 'pttm25kSGUo1919sBORWyA==';
const file = (url: string, name: string) => JSON.stringify({ url, bytes: 1000, name });
const ASSETS = Object.fromEntries(
  ['a.mp4', 'a.mp3', 'a.ogg', 'a.pdf'].map((name) => {
    const url = `https://shop.example/${name}`;
    return [`url:${url}`, file(url, name)];
  }),
);
let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: ViberConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  connector = new ViberConnector({ version: '1.0.0', timeoutMs: 400, connections: 8 });
  await sandbox.admin('PUT', `bots/${TOKEN}`, { name: 'Corner Shop' });
});
beforeEach(async () => {
  await sandbox.admin('DELETE', 'trouble');
  await sandbox.admin('DELETE', 'record');
});
afterAll(async () => {
  await connector.close();
  await sandbox.close();
});

const sender = (more?: Readonly<Record<string, string>>) => senderAt(sandbox.apiUrl, more);
const sendAll = async (elements: readonly Element[], assets = ASSETS) => {
  const results = [];
  for (const part of connector.compile(elements, assets).render(someTarget(ANN)))
    results.push(await connector.send(sender(), ANN, part));
  return results;
};
const received = () => sandbox.messages(TOKEN, ANN);

describe('sending', () => {
  it('brings every kind of element, as rendered, under tokens kept to the last digit', async () => {
    const results = await sendAll(GOOD);
    const messages = await received();
    expect(results).toEqual(messages.map(({ message_token: id }) => ({ result: 'accepted', id })));
    expect(messages.map(({ type }) => type)).toEqual([
      ...['text', 'picture', 'video', 'file', 'text', 'file', 'file', 'rich_media'],
    ]);
    expect(messages[0]).toMatchObject({
      text: 'Hi Ann, it ends *tonight*.',
      sender: { name: 'The corner shop' },
    });
    expect(messages.map(({ keyboard }) => keyboard?.Buttons.length)).toEqual([
      ...Array.from({ length: 7 }, () => undefined),
      6,
    ]);
    expect(messages[7]!.rich_media!.Buttons).toHaveLength(7);
  });

  it('carries an avatar where the bot has one', async () => {
    const [part] = connector.compile([{ type: 'text', text: 'x' }], {}).render(someTarget(ANN));
    const senderAvatar = 'https://shop.example/logo.png';
    await connector.send(sender({ senderAvatar }), ANN, part!);
    expect(await received()).toMatchObject([
      { sender: { name: 'The corner shop', avatar: senderAvatar } },
    ]);
  });

  it.each([
    ['no name', { senderName: ' ' }],
    ['a long name', { senderName: 'x'.repeat(29) }],
    ['no address for an avatar', { senderAvatar: 'logo.png' }],
  ])('stops a bot with %s', async (_, credentials) => {
    const [part] = connector.compile([{ type: 'text', text: 'x' }], {}).render(someTarget(ANN));
    await expect(connector.send(sender(credentials), ANN, part!)).resolves.toEqual({
      result: 'bot_stopped',
      reason: 'sender_name_invalid',
    });
  });

  it.each([
    [{ kind: 'blocked' }, { result: 'gone', status: 'unsubscribed' }],
    [{ kind: 'deactivated' }, { result: 'gone', status: 'disabled' }],
    [{ kind: 'flood' }, { result: 'later', pause: 'bot' }],
    [{ kind: 'hourlyLimit' }, { result: 'refused', reason: 'hourly_limit' }],
    [{ kind: 'badData' }, { result: 'content_refused', reason: 'bad_data' }],
    [{ kind: 'generalError' }, { result: 'later', pause: 'recipient' }],
    [{ kind: 'unauthorized' }, { result: 'bot_stopped', reason: 'unauthorized' }],
    [{ kind: 'garbage' }, { result: 'unknown', reason: 'garbage' }],
    [{ kind: 'bad_gateway' }, { result: 'unknown', reason: 'bad_gateway' }],
    [{ kind: 'reset_after' }, { result: 'unknown', reason: 'reset' }],
    [{ kind: 'timeout_before' }, { result: 'unknown', reason: 'timeout' }],
  ])('meets %j with %j', async (deed, result) => {
    await sandbox.admin('PUT', 'trouble', { rules: [{ do: deed }] });
    expect(await sendAll([{ type: 'text', text: 'x' }])).toEqual([expect.objectContaining(result)]);
  });
});

describe('sending to several at once', () => {
  const addresses = (count: number) =>
    Array.from({ length: count }, (_none, index) => `receiver-${index}==`);
  const sendTogether = (to: readonly string[], element: Element = { type: 'text', text: 'x' }) => {
    const compiled = connector.compile([element], {});
    const from = sender();
    return Promise.all(
      to.map((address, index) => {
        const target = someTarget(address, { first_name: `Ann ${index % 2}` });
        return connector.send(from, address, compiled.render(target)[0]!);
      }),
    );
  };
  const methods = async () => {
    const { accepted } = await counts();
    const lines = (await sandbox.record()).map(({ method }) => method);
    return { accepted, calls: lines };
  };
  const counts = async () => (await sandbox.admin('GET', 'counts')) as { accepted: number };

  it('takes one call for 300 who are told the same, and each gets it once', async () => {
    const to = addresses(301);
    const results = await sendTogether(to);
    expect(new Set(results.map((result) => result.result))).toEqual(new Set(['accepted']));
    expect(new Set(results.map((result) => (result as { id: string }).id)).size).toBe(2);
    const { accepted, calls } = await methods();
    expect(accepted).toBe(301);
    expect(calls.filter((method) => method === 'broadcast_message')).toHaveLength(300);
    expect(calls.filter((method) => method === 'send_message')).toHaveLength(1);
    expect(await sandbox.messages(TOKEN, to[300]!)).toHaveLength(1);
  });

  it('keeps apart who is told something else', async () => {
    const to = addresses(10);
    await sendTogether(to, { type: 'text', text: 'Hi {{first_name}}' });
    expect(await sandbox.messages(TOKEN, to[4]!)).toMatchObject([{ text: 'Hi Ann 0' }]);
    expect(await sandbox.messages(TOKEN, to[5]!)).toMatchObject([{ text: 'Hi Ann 1' }]);
  });

  it('hears of each who was refused, and of all when the call was', async () => {
    const to = addresses(4);
    const rule = { chat: to[2], do: { kind: 'blocked' } };
    await sandbox.admin('PUT', 'trouble', { rules: [rule] });
    expect((await sendTogether(to)).map(({ result }) => result)).toEqual([
      ...['accepted', 'accepted', 'gone', 'accepted'],
    ]);
    await sandbox.admin('PUT', 'trouble', { rules: [{ do: { kind: 'reset_after' } }] });
    expect(await sendTogether(to)).toEqual(to.map(() => ({ result: 'unknown', reason: 'reset' })));
  });

  it('stays within 30 kB, receivers included', async () => {
    const text = 'x'.repeat(6_900);
    const long = addresses(300).map((address) => address.padStart(90, 'y'));
    await sendTogether(long, { type: 'text', text });
    const { accepted, calls } = await methods();
    expect(accepted).toBe(300);
    expect(calls).toHaveLength(300);
  });

  it('writes one by one for a bot that may not broadcast', async () => {
    const rule = { method: 'broadcast_message', do: { kind: 'cannotSendBroadcast' } };
    await sandbox.admin('PUT', 'trouble', { rules: [rule] });
    const results = await sendTogether(addresses(3));
    expect(results.map(({ result }) => result)).toEqual(['accepted', 'accepted', 'accepted']);
    const { accepted } = await methods();
    expect(accepted).toBe(3);
  });
});

describe('a bot', () => {
  it('is connected, and its receipts, presses, comings and goings come back', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    const name = await connector.connect(sender(), hook.url);
    expect(name).toEqual({ name: 'Corner Shop' });

    const [sent] = await sendAll(GOOD.slice(0, 1));
    const id = sent?.result === 'accepted' ? sent.id : '';
    const tell = (path: string, fields: object) =>
      sandbox.admin('POST', path, { bot: TOKEN, chat: ANN, ...fields });
    for (let device = 0; device < 2; device += 1)
      await tell('updates', { kind: 'delivered', messageId: id });
    await tell('updates', { kind: 'seen', messageId: id });
    await tell('press', { button: 0 });
    await tell('press', { button: 1 });
    await tell('updates', { kind: 'block' });
    await tell('updates', { kind: 'start', firstName: 'Ann Lee' });
    await hook.close();

    const events = hook.events();
    const address = ANN;
    const opened = events[2]!;
    expect(hook.readings[0]).toEqual({ authentic: true, events: [], foreign: false });
    expect(events).toMatchObject([
      { kind: 'receipt', what: 'delivered', address, which: { ids: [id] } },
      { kind: 'receipt', what: 'delivered', address, dedupe: events[0]!.dedupe },
      { kind: 'receipt', what: 'opened', address, which: { ids: [id], upTo: opened.at } },
      { kind: 'active', address },
      { kind: 'pressed', address, ref: someTarget(address).refOf(1) },
      { kind: 'status', address, status: 'unsubscribed' },
      { kind: 'started', address, firstName: 'Ann', lastName: 'Lee' },
    ]);
    expect(new Set(events.map(({ dedupe }) => dedupe)).size).toBe(6);

    const another = sender({ token: 'another' });
    expect(connector.readWebhook(another, hook.calls[1]!)).toEqual({ authentic: false });
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it.each([
    ['an unknown token', { token: 'nobody' }, undefined],
    ['a broken token', { token: 'no\r\ntoken' }, undefined],
    ['no name to send under', { senderName: '' }, undefined],
    ['an address that is none', {}, 'nowhere'],
    ['a webhook that does not answer', {}, 'http://127.0.0.1:1/hook'],
  ])('is not connected with %s', async (_, credentials, url) => {
    const connecting = connector.connect(sender(credentials), url);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody|4453b6ac/),
    });
  });

  it('is not connected while Viber is away', async () => {
    const connecting = connector.connect(senderAt('http://127.0.0.1:1'), undefined);
    await expect(connecting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
