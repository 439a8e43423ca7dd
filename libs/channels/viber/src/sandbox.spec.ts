import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { ViberConnector } from './index.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/viber-facts.ts';

const ANN = 'pttm25kSGUo1919sBORWyA==';
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
const sendAll = async (elements: readonly Element[]) => {
  const results = [];
  for (const part of connector.compile(elements, {}).render(someTarget(ANN)))
    results.push(await connector.send(sender(), ANN, part));
  return results;
};
const received = () => sandbox.messages(TOKEN, ANN);

describe('sending', () => {
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
  it('is connected under its name, and greeted', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await hook.close();
    expect(hook.readings).toEqual([{ authentic: true, events: [], foreign: false }]);
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it('knows a delivery again that each device of a person reports', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    await connector.connect(sender(), hook.url);
    const [sent] = await sendAll(GOOD.slice(0, 1));
    const messageId = sent?.result === 'accepted' ? sent.id : '';
    const delivery = { bot: TOKEN, chat: ANN, kind: 'delivered', messageId };
    await sandbox.admin('POST', 'updates', delivery);
    await sandbox.admin('POST', 'updates', delivery);
    await hook.close();
    const [first, again] = hook.events();
    expect(again!.dedupe).toBe(first!.dedupe);
  });

  it.each([
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
});
