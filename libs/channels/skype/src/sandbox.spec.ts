import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendResult } from '@crier/connector';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { SkypeConnector } from './index.ts';
import { APP_ID, APP_SECRET, senderAt } from './testing/skype-facts.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';

const ANN = '29:1Ann';
const HELLO: readonly Element[] = [{ type: 'text', text: 'Hi' }];

let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: SkypeConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  const { loginUrl, openIdUrl } = sandbox;
  connector = new SkypeConnector({ version: '1.0.0', timeoutMs: 400, loginUrl, openIdUrl });
  await sandbox.admin('PUT', `bots/${APP_ID}`, { name: 'Corner Shop', secret: APP_SECRET });
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
const sendAll = async (elements: readonly Element[], address = ANN, bot = sender()) => {
  const results: SendResult[] = [];
  for (const part of connector.compile(elements, {}).render(someTarget(address)))
    results.push(await connector.send(bot, address, part));
  return results;
};
const received = () => sandbox.messages(APP_ID, ANN);

describe('sending', () => {
  it('goes on when tokens end before their time, and brings each message once', async () => {
    await sendAll(HELLO);
    await sandbox.admin('DELETE', 'tokens');
    const people = Array.from({ length: 40 }, (_, index) => `29:${index}`);
    const results = await Promise.all(people.map((each) => sendAll(HELLO, each)));
    expect(results.flat().map(({ result }) => result)).toEqual(people.map(() => 'accepted'));
    expect(await sandbox.admin('GET', 'counts')).toMatchObject({
      accepted: 41,
      distinctChats: 41,
      duplicates: 0,
      otherCalls: { token: 2 },
    });
  });

  it.each([
    [{ kind: 'invalidClient' }, { result: 'bot_stopped', reason: 'unauthorized' }],
    [{ kind: 'unauthorizedClient' }, { result: 'bot_stopped', reason: 'unauthorized' }],
    [{ kind: 'bad_gateway' }, { result: 'later', pause: 'bot', reason: 'login_unavailable' }],
    [{ kind: 'timeout_after' }, { result: 'later', pause: 'bot', reason: 'login_unavailable' }],
    [{ kind: 'reset_before' }, { result: 'later', pause: 'bot', reason: 'login_unavailable' }],
    [
      { kind: 'throttled', retryAfter: 9 },
      { result: 'later', pause: 'bot', afterMs: 9000 },
    ],
  ])('meets %j of the login with %j, and nothing is in doubt', async (deed, result) => {
    await sandbox.admin('DELETE', 'tokens');
    await sandbox.admin('PUT', 'trouble', { rules: [{ method: 'token', do: deed }] });
    expect(await sendAll(HELLO)).toEqual([expect.objectContaining(result)]);
    expect(await received()).toEqual([]);
    await sandbox.admin('DELETE', 'trouble');
    expect(await sendAll(HELLO)).toMatchObject([{ result: 'accepted' }]);
  });
});

describe('a bot', () => {
  it('writes to the service that a call came from', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    await sandbox.admin('PUT', `bots/${APP_ID}`, { webhook: hook.url });
    const serviceUrl = `${sandbox.apiUrl}/emea`;
    const hello = { bot: APP_ID, chat: ANN, kind: 'say', text: 'Hello', serviceUrl };
    await sandbox.admin('POST', 'updates', hello);
    await hook.close();
    const address = `${serviceUrl} ${ANN}`;
    expect(hook.events()).toMatchObject([{ kind: 'started', address, text: 'Hello' }]);
    expect(await sendAll(HELLO, address)).toMatchObject([{ result: 'accepted' }]);
  });

  it('has nothing to say to a press', async () => {
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it.each([
    ['another secret', { appSecret: 'wrong~secret' }, {}],
    ['an address that is none', {}, { apiUrl: 'nowhere' }],
  ])('is not connected with %s', async (_, credentials, more) => {
    const connecting = connector.connect({ ...sender(credentials), ...more }, undefined);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody|secret\.|wrong~/),
    });
  });
});
