import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MediaReader, SendResult } from '@crier/connector';
import { openHook, someTarget, type Hook } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { Readable } from 'node:stream';
import { FacebookConnector } from './index.ts';
import { PAGE } from './testing/calls-seen.ts';
import { APP, APP_SECRET, TOKEN, VERIFY_TOKEN, senderAt } from './testing/facebook-facts.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';

const ANN = '25412544777777291';
const BOB = '25412544777777300';
const files: Readonly<Record<string, { contentType: string; bytes: number }>> = {
  picture: { contentType: 'image/png', bytes: 7 },
  film: { contentType: 'video/mp4', bytes: 4 },
  song: { contentType: 'audio/mpeg', bytes: 4 },
  poster: { contentType: 'image/png', bytes: 25_000_001 },
};
const media: MediaReader = {
  find: (id) => {
    const file = files[id];
    return Promise.resolve(file && { name: `${id}.bin`, ...file });
  },
  open: (id) => Promise.resolve(id === 'song' ? undefined : Readable.from([Buffer.from(id)])),
  urlOf: (id) => `https://crier.example/media/${id}`,
};

let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: FacebookConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  connector = new FacebookConnector({ version: '1.0.0', timeoutMs: 400, connections: 8 });
  const page = { id: Number(PAGE), name: 'Corner Shop', appId: APP, appSecret: APP_SECRET };
  await sandbox.admin('PUT', `bots/${TOKEN}`, page);
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
const prepare = (elements: readonly Element[], known = {}) =>
  connector.prepare(sender(), elements, media, known);
const sendAll = async (elements: readonly Element[], assets = {}, address = ANN) => {
  const results: SendResult[] = [];
  for (const part of connector.compile(elements, assets).render(someTarget(address)))
    results.push(await connector.send(sender(), address, part));
  return results;
};
const TEXT: readonly Element[] = [{ type: 'text', text: 'Hi {{first_name}}' }];
/** All in the same turn, by the same bot. */
const sendTo = (addresses: readonly string[]): Promise<readonly SendResult[]> => {
  const from = sender();
  const compiled = connector.compile(TEXT, {});
  return Promise.all(
    addresses.map((address) => {
      const [part] = compiled.render(someTarget(address, { first_name: address }));
      return connector.send(from, address, part!);
    }),
  );
};
const trouble = (...rules: readonly object[]) => sandbox.admin('PUT', 'trouble', { rules });
const received = (address = ANN) => sandbox.messages(TOKEN, address);

describe('sending', () => {
  it.each([
    ['unavailable', { result: 'gone', reason: 'unavailable', status: 'blocked' }],
    ['unavailable_200', { result: 'gone', reason: 'unavailable', status: 'blocked' }],
    ['no_such_user', { result: 'gone', reason: 'no_such_user', status: 'disabled' }],
    ['not_permitted', { result: 'gone', reason: 'not_permitted', status: 'blocked' }],
    ['no_pages_messaging', { result: 'bot_stopped', reason: 'permission_missing' }],
    ['outside_window', { result: 'refused', reason: 'outside_window' }],
    ['outside_window_2018065', { result: 'refused', reason: 'outside_window' }],
    ['app_not_live', { result: 'bot_stopped', reason: 'app_not_live' }],
    ['page_restricted', { result: 'later', afterMs: 1_800_000, pause: 'bot', grows: true }],
    ['permission_missing', { result: 'bot_stopped', reason: 'permission_missing' }],
    ['permission_missing_200', { result: 'bot_stopped', reason: 'permission_missing' }],
    ['token_invalid', { result: 'bot_stopped', reason: 'unauthorized' }],
    ['app_limit', { result: 'later', reason: 'flood', pause: 'bot', grows: true }],
    ['app_limit_2018022', { result: 'later', reason: 'flood', pause: 'bot', grows: true }],
    ['rate_limit', { result: 'later', reason: 'flood', pause: 'bot', grows: true }],
    ['abuse_warning', { result: 'bot_stopped', reason: 'abuse_warning' }],
    ['too_often', { result: 'refused', reason: 'too_often' }],
    ['too_often_9', { result: 'refused', reason: 'too_often' }],
    ['policy_block', { result: 'bot_stopped', reason: 'policy_block' }],
    ['commerce_disabled', { result: 'bot_stopped', reason: 'commerce_disabled' }],
    ['messages_off', { result: 'bot_stopped', reason: 'messages_off' }],
    ['invalid_parameter', { result: 'content_refused', reason: 'invalid_parameter' }],
    ['attachment_too_large', { result: 'content_refused', reason: 'attachment_too_large' }],
    ['temporary_failure', { result: 'later', pause: 'recipient' }],
    ['unexpected_error', { result: 'later', pause: 'recipient' }],
    ['unknown_error', { result: 'later', pause: 'recipient' }],
    ['unknown_error_99', { result: 'later', pause: 'recipient' }],
    ['invalid_reply', { result: 'unknown', reason: 'invalid_reply' }],
    ['server_error', { result: 'unknown', reason: 'bad_gateway' }],
    ['bad_gateway', { result: 'unknown', reason: 'bad_gateway' }],
    ['service_unavailable', { result: 'unknown', reason: 'bad_gateway' }],
    ['garbage', { result: 'unknown', reason: 'garbage' }],
  ])('meets %s alone and in a batch alike', async (kind, result) => {
    await trouble({ chat: ANN, do: { kind } });
    expect(await sendTo([ANN])).toEqual([expect.objectContaining(result)]);
    expect(await sendTo([BOB, ANN])).toEqual([
      expect.objectContaining({ result: 'accepted' }),
      expect.objectContaining(result),
    ]);
  });
});

describe('sending to many', () => {
  const people = Array.from({ length: 8 }, (_, index) => String(7_000_000 + index));

  it('is in doubt about those alone whose answers are missing', async () => {
    await trouble({ chat: people[1], do: { kind: 'unfinished', executed: true } });
    expect(await sendTo(people.slice(0, 3))).toEqual([
      expect.objectContaining({ result: 'accepted' }),
      { result: 'unknown', reason: 'unfinished' },
      expect.objectContaining({ result: 'accepted' }),
    ]);
    expect(await received(people[1])).toHaveLength(1);
  });

  it.each([
    [{ kind: 'token_invalid' }, { result: 'bot_stopped', reason: 'unauthorized' }],
    [{ kind: 'flood' }, { result: 'later', reason: 'flood', pause: 'bot', grows: true }],
    [
      { kind: 'bad_gateway', executed: true },
      { result: 'unknown', reason: 'bad_gateway' },
    ],
    [{ kind: 'reset_after' }, { result: 'unknown', reason: 'reset' }],
    [{ kind: 'timeout_before' }, { result: 'unknown', reason: 'timeout' }],
  ])('meets %j for all of a batch', async (deed, result) => {
    await trouble({ method: 'batch', do: deed });
    const results = await sendTo(people.slice(0, 3));
    expect(results).toEqual(Array.from({ length: 3 }, () => expect.objectContaining(result)));
  });

  it('is held off for each message that is too many', async () => {
    await sandbox.admin('PUT', 'trouble', { rules: [], perSecond: 5 });
    const results = await sendTo(people.slice(0, 8));
    expect(results.map(({ result }) => result)).toEqual([
      ...Array.from({ length: 5 }, () => 'accepted'),
      ...Array.from({ length: 3 }, () => 'later'),
    ]);
  });
});

describe('files', () => {
  const content: readonly Element[] = [
    { type: 'image', media: 'picture' },
    { type: 'file', media: 'picture' },
    { type: 'video', url: 'https://shop.example/a.mp4' },
    { type: 'gallery', cards: [{ media: 'picture', title: 'x' }, { url: 'https://a.b/c.jpg' }] },
  ];

  it('are uploaded once for each form, and known from then on', async () => {
    const assets = await prepare(content);
    expect(Object.keys(assets)).toEqual(['media:picture', 'url:https://shop.example/a.mp4']);
    expect(JSON.parse(assets['media:picture']!)).toEqual({
      image: expect.stringMatching(/^\d+$/),
      file: expect.stringMatching(/^\d+$/),
      card: 'https://crier.example/media/picture',
    });
    await expect(prepare(content, assets)).resolves.toEqual(assets);
    expect((await sandbox.counts()).otherCalls).toEqual({ message_attachments: 3 });
    const sent = await sendAll(content.slice(0, 3), assets);
    for (const result of sent) expect(result).toMatchObject({ result: 'accepted' });
  });

  it.each([
    ['an upload that is not there', { type: 'image', media: 'nothing' }],
    ['an upload that is gone', { type: 'audio', media: 'song' }],
    ['a large one', { type: 'image', media: 'poster' }],
    ['a film for a picture', { type: 'image', media: 'film' }],
    ['a film for a card', { type: 'gallery', cards: [{ media: 'film', title: 'x' }] }],
  ] as const)('are refused: %s', async (_, element) => {
    await expect(prepare([element])).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });

  it.each([
    ['attachment_too_large', 'UPLOAD_REFUSED'],
    ['token_invalid', 'UPLOAD_REFUSED'],
    ['flood', 'UNAVAILABLE'],
    ['temporary_failure', 'UNAVAILABLE'],
    ['reset_before', 'UNAVAILABLE'],
  ])('meet %s with %s', async (kind, code) => {
    await trouble({ method: 'message_attachments', do: { kind } });
    await expect(prepare(content.slice(0, 1))).rejects.toMatchObject({ code });
    await expect(prepare(content.slice(2, 3))).rejects.toMatchObject({ code });
  });
});

describe('a bot', () => {
  const tell = (path: string, fields: object) =>
    sandbox.admin('POST', path, { bot: TOKEN, chat: ANN, ...fields });
  let hook: Hook;
  beforeAll(async () => {
    hook = await openHook((request) => connector.readWebhook(sender(), request));
  });
  beforeEach(() => {
    hook.clear();
  });
  afterAll(() => hook.close());

  it('is connected under its name, and its webhook is set with it', async () => {
    const connected = await connector.connect(sender({ appId: APP }), hook.url);
    expect(connected).toEqual({ name: 'Corner Shop' });
    expect(hook.readings).toMatchObject([{ authentic: true, answer: expect.any(String) }]);
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it('hears the same of a message however often it is told, even before it is answered', async () => {
    const plan = { echoAfterMs: 0, deliveredAfterMs: 0, seenAfterMs: 0, copies: 2, shuffled: true };
    await sandbox.admin('PUT', 'receipts', plan);
    await sandbox.admin('PUT', 'trouble', { rules: [], latencyMs: 150 });
    const sending = sendTo([ANN]);
    await hook.until(6);
    const [sent] = await sending;
    expect(new Set(hook.events().map(({ dedupe }) => dedupe)).size).toBe(3);
    const id = sent?.result === 'accepted' ? sent.id : '';
    const proofs = hook
      .events()
      .flatMap((event) => (event.kind === 'receipt' && event.what === 'sent' ? [event] : []));
    expect(proofs.map(({ which }) => which)).toEqual([
      { ids: [id], key: 1000 },
      { ids: [id], key: 1000 },
    ]);
  });

  it('learns by the echo that a message was sent whose answer was lost', async () => {
    await sandbox.admin('PUT', 'receipts', { echoAfterMs: 0 });
    await trouble({ do: { kind: 'reset_after' } });
    expect(await sendTo([ANN])).toEqual([{ result: 'unknown', reason: 'reset' }]);
    await hook.until(1);
    const [{ mid } = { mid: '' }] = await received();
    expect(hook.events()).toMatchObject([
      { kind: 'receipt', what: 'sent', address: ANN, which: { ids: [mid], key: 1000 } },
    ]);
  });

  it('is connected where the team has entered the address by hand', async () => {
    const enter = (verifyToken: string) =>
      tell('updates', { kind: 'callback', url: hook.url, verifyToken, chat: undefined });
    await expect(enter('guess')).resolves.toEqual({ verified: false });
    await expect(enter(VERIFY_TOKEN)).resolves.toEqual({ verified: true });
    hook.clear();
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    expect(hook.calls).toEqual([]);
    await tell('updates', { kind: 'say', text: 'Hello' });
    expect(hook.events()).toMatchObject([{ kind: 'started', text: 'Hello' }]);
  });

  it.each([
    ['a broken version', { graphVersion: '25' }, undefined],
    ['another Page', { pageId: '301234567890999' }, undefined],
    ['no Page', { pageId: 'shop' }, undefined],
    ['no app secret', { appSecret: '' }, 'https://a.b/hook'],
    ['no verify token', { verifyToken: '' }, 'https://a.b/hook'],
    ['a broken app', { appId: 'app' }, 'https://a.b/hook'],
    ['another app', { appId: '77' }, 'https://a.b/hook'],
    ['an address that is none', { appId: APP }, 'nowhere'],
    ['a webhook that does not answer', { appId: APP }, 'http://127.0.0.1:1/hook'],
  ])('is not connected with %s', async (_, credentials, url) => {
    const connecting = connector.connect(sender(credentials), url);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody-knows|EAAG|0a1b2c|made-this-up/),
    });
  });
});

describe('a connector', () => {
  it('says what Messenger can do, and what the team knows better', async () => {
    expect(connector.capabilities).toMatchObject({
      channel: 'facebook',
      version: '1.0.0',
      reports: { delivered: true, opened: true },
      rate: { standard: 35, most: 300 },
      windowMs: 86_400_000,
      idempotent: false,
    });
    expect({ batch: connector.batch, sharesRefs: connector.sharesRefs }).toEqual({
      batch: 50,
      sharesRefs: false,
    });
    const assumed = { rate: { standard: 100, most: 250 }, restrictedPauseMs: 60_000 };
    const taught = new FacebookConnector({ version: '1.0.0', assumed });
    expect(taught.capabilities.rate).toEqual(assumed.rate);
    await trouble({ do: { kind: 'page_restricted' } });
    const [part] = taught.compile(TEXT, {}).render(someTarget(ANN));
    await expect(taught.send(sender(), ANN, part!)).resolves.toMatchObject({ afterMs: 60_000 });
    await taught.close();
  });
});
