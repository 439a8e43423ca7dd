import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendResult } from '@crier/connector';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { SkypeConnector } from './index.ts';
import { APP_ID, APP_SECRET, GOOD, senderAt } from './testing/skype-facts.ts';
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
  it('brings every kind of element, as rendered', async () => {
    const results = await sendAll(GOOD);
    const messages = await received();
    expect(results).toEqual(messages.map(({ id }) => ({ result: 'accepted', id })));
    expect(
      messages.map(({ attachments = [] }) => attachments.map((each) => each.contentType)),
    ).toEqual([
      ['application/vnd.microsoft.card.hero'],
      ['application/vnd.microsoft.card.hero'],
      ['video/mp4', 'application/vnd.microsoft.card.hero'],
      ['audio/mpeg'],
      ['audio/ogg'],
      ['application/pdf'],
      Array.from({ length: 2 }, () => 'application/vnd.microsoft.card.hero'),
    ]);
    expect(messages[0]).toMatchObject({
      text: 'Hi Ann, it ends **tonight**.',
      from: { id: `28:${APP_ID}` },
      recipient: { id: ANN },
    });
    expect(messages[6]!.attachmentLayout).toBe('carousel');
    expect(await sandbox.admin('GET', 'counts')).toMatchObject({ accepted: 7, duplicates: 0 });
  });

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
      otherCalls: { token: 1 },
    });
  });

  it.each([
    [{ kind: 'badArgument' }, { result: 'content_refused', reason: 'bad_argument' }],
    [{ kind: 'badSyntax' }, { result: 'content_refused', reason: 'bad_syntax' }],
    [{ kind: 'botNotRegistered' }, { result: 'bot_stopped', reason: 'unauthorized' }],
    [{ kind: 'conversationBlockedByUser' }, { result: 'gone', status: 'blocked' }],
    [{ kind: 'botNotInConversationRoster' }, { result: 'gone', status: 'disabled' }],
    [{ kind: 'forbiddenOperation' }, { result: 'gone', status: 'disabled' }],
    [{ kind: 'botDisabledByAdmin' }, { result: 'bot_stopped', reason: 'disabled_by_admin' }],
    [{ kind: 'notEnoughPermissions' }, { result: 'bot_stopped' }],
    [{ kind: 'conversationNotFound' }, { result: 'gone', status: 'disabled' }],
    [{ kind: 'activityNotFound' }, { result: 'gone', status: 'disabled' }],
    [{ kind: 'notSupported' }, { result: 'bot_stopped', reason: 'operation_not_supported' }],
    [{ kind: 'preconditionFailed' }, { result: 'later', pause: 'recipient' }],
    [{ kind: 'messageSizeTooBig' }, { result: 'content_refused', reason: 'message_too_large' }],
    [
      { kind: 'throttled', retryAfter: 7 },
      { result: 'later', pause: 'bot', afterMs: 7000 },
    ],
    [{ kind: 'serviceError' }, { result: 'later', pause: 'recipient', afterMs: 60_000 }],
    [{ kind: 'badGateway' }, { result: 'later', pause: 'bot', grows: true }],
    [{ kind: 'unavailable' }, { result: 'later', pause: 'bot', grows: true }],
    [{ kind: 'gatewayTimeout' }, { result: 'later', pause: 'bot', grows: true }],
    [{ kind: 'garbage' }, { result: 'unknown', reason: 'garbage' }],
    [{ kind: 'bad_gateway' }, { result: 'unknown', reason: 'bad_gateway' }],
    [{ kind: 'server_error' }, { result: 'unknown', reason: 'bad_gateway' }],
    [{ kind: 'reset_after' }, { result: 'unknown', reason: 'reset' }],
    [{ kind: 'timeout_before' }, { result: 'unknown', reason: 'timeout' }],
  ])('meets %j with %j', async (deed, result) => {
    await sandbox.admin('PUT', 'trouble', { rules: [{ do: deed }] });
    expect(await sendAll(HELLO)).toEqual([expect.objectContaining(result)]);
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
  it('is told of presses, comings and goings, at the address it can write to', async () => {
    const hook = await openHook(() => ({ authentic: true, events: [], foreign: false }));
    await sandbox.admin('PUT', `bots/${APP_ID}`, { webhook: hook.url });
    const elsewhere = `${sandbox.apiUrl}/emea`;
    const tell = (path: string, fields: object) =>
      sandbox.admin('POST', path, { bot: APP_ID, chat: ANN, ...fields });

    await sendAll(GOOD.slice(0, 1));
    await tell('press', { button: 1, copies: 2 });
    await tell('updates', { kind: 'block' });
    await tell('updates', { kind: 'start', firstName: 'Ann Lee' });
    await sandbox.admin('POST', 'keys');
    await tell('updates', { kind: 'say', text: 'Hello', serviceUrl: elsewhere });
    await hook.close();

    const readings = [];
    for (const call of hook.calls) readings.push(await connector.readWebhook(sender(), call));
    const events = readings.flatMap((reading) => (reading.authentic ? reading.events : []));
    const address = `${elsewhere} ${ANN}`;
    const ref = someTarget(ANN).refOf(1);
    expect(events).toMatchObject([
      { kind: 'pressed', address: ANN, ref },
      { kind: 'pressed', address: ANN, ref, dedupe: events[0]!.dedupe },
      { kind: 'status', address: ANN, status: 'blocked' },
      { kind: 'started', address: ANN, firstName: 'Ann', lastName: 'Lee' },
      { kind: 'started', address, text: 'Hello' },
    ]);
    expect(new Set(events.map(({ dedupe }) => dedupe)).size).toBe(4);

    expect(await sendAll(HELLO, address)).toMatchObject([{ result: 'accepted' }]);
    const another = sender({ appId: 'another' });
    expect(await connector.readWebhook(another, hook.calls[0]!)).toEqual({ authentic: false });
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it('is connected by its credentials, and has the name of its app id', async () => {
    const connected = await connector.connect(sender(), 'https://crier.example/hooks/skype/bot-1');
    expect(connected).toEqual({ name: APP_ID });
  });

  it.each([
    ['an unknown app id', { appId: 'nobody' }, {}],
    ['another secret', { appSecret: 'wrong~secret' }, {}],
    ['no secret', { appSecret: '' }, {}],
    ['a broken app id', { appId: 'no\r\nid' }, {}],
    ['an address that is none', {}, { apiUrl: 'nowhere' }],
  ])('is not connected with %s', async (_, credentials, more) => {
    const connecting = connector.connect({ ...sender(credentials), ...more }, undefined);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody|secret\.|wrong~/),
    });
  });

  it('is not connected while the login is away', async () => {
    const away = new SkypeConnector({ version: '1.0.0', loginUrl: 'http://127.0.0.1:1' });
    await expect(away.connect(sender(), undefined)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await away.close();
  });
});
