import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MediaReader } from '@crier/connector';
import { openHook, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { Readable } from 'node:stream';
import { TelegramConnector } from './index.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/telegram-facts.ts';

const CHAT = 5_000_000_001;
const TEAM_CHAT = 77;
let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: TelegramConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  connector = new TelegramConnector({ version: '1.0.0', timeoutMs: 400, connections: 8 });
  await sandbox.admin('PUT', `bots/${TOKEN}`, { name: 'First', username: 'first_bot' });
});
beforeEach(async () => {
  await sandbox.admin('DELETE', 'trouble');
  await sandbox.admin('DELETE', 'record');
});
afterAll(async () => {
  await connector.close();
  await sandbox.close();
});

const sender = (more?: Readonly<Record<string, string>>) => senderAt(sandbox.url, more);
const sendAll = async (elements: readonly Element[], assets = {}) => {
  const results = [];
  for (const part of connector.compile(elements, assets).render(someTarget(String(CHAT))))
    results.push(await connector.send(sender(), String(CHAT), part));
  return results;
};
const received = () => sandbox.messages(TOKEN, CHAT);

describe('uploads', () => {
  const files: Readonly<Record<string, { contentType: string; bytes: number }>> = {
    picture: { contentType: 'image/png', bytes: 3 },
    film: { contentType: 'video/mp4', bytes: 3 },
    song: { contentType: 'audio/mpeg', bytes: 3 },
    poster: { contentType: 'image/png', bytes: 10_000_001 },
  };
  const media: MediaReader = {
    find: (id) => {
      const file = files[id];
      return Promise.resolve(file && { name: `${id}.bin`, ...file });
    },
    open: (id) => Promise.resolve(Readable.from([Buffer.from(id)])),
    urlOf: (id) => `https://crier.example/media/${id}`,
  };
  const content: readonly Element[] = [
    { type: 'image', media: 'picture' },
    { type: 'file', media: 'picture' },
    { type: 'gallery', cards: [{ media: 'picture' }, { media: 'film' }] },
    { type: 'image', url: 'https://a.b/c.jpg' },
  ];

  it('go once to the team’s chat, and are known by their file ids from then on', async () => {
    const team = sender({ uploadChat: String(TEAM_CHAT) });
    const assets = await connector.prepare(team, content, media, {});
    expect(Object.keys(assets)).toEqual(['media:picture', 'media:film']);
    expect(await sandbox.messages(TOKEN, TEAM_CHAT)).toHaveLength(3);
    await expect(connector.prepare(team, content, media, assets)).resolves.toEqual(assets);
    expect(await sandbox.messages(TOKEN, TEAM_CHAT)).toHaveLength(3);

    for (const result of await sendAll(content, assets))
      expect(result).toMatchObject({ result: 'accepted' });
    const [photo, document] = await received();
    expect(assets['media:picture']).toContain(photo!.photo!.at(-1)!.file_id);
    expect(assets['media:picture']).toContain(document!.document!.file_id);
  });

  it('are sent by their public address where the bot has no chat for them', async () => {
    const assets = await connector.prepare(sender(), content, media, {});
    expect(assets).toEqual({
      'media:picture':
        'photo:https://crier.example/media/picture document:https://crier.example/media/picture',
      'media:film': 'video:https://crier.example/media/film',
    });
    for (const result of await sendAll(content, assets))
      expect(result).toMatchObject({ result: 'accepted' });
  });

  it.each([
    ['an unknown file', { type: 'image', media: 'ghost' }],
    ['a large picture', { type: 'image', media: 'poster' }],
    ['a song among cards', { type: 'gallery', cards: [{ media: 'song' }, { media: 'film' }] }],
  ] as const)('are refused: %s', async (_, element) => {
    const team = sender({ uploadChat: String(TEAM_CHAT) });
    await expect(connector.prepare(team, [element], media, {})).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });

  it.each([
    [{ kind: 'chat_not_found' }, 'UPLOAD_REFUSED'],
    [{ kind: 'flood', retryAfter: 1 }, 'UNAVAILABLE'],
    [{ kind: 'reset_before' }, 'UNAVAILABLE'],
  ])('meet %j with %s', async (deed, code) => {
    await sandbox.admin('PUT', 'trouble', { rules: [{ do: deed }] });
    const team = sender({ uploadChat: String(TEAM_CHAT) });
    const preparing = connector.prepare(team, [{ type: 'image', media: 'picture' }], media, {});
    await expect(preparing).rejects.toMatchObject({ code });
  });
});

describe('a bot', () => {
  it('is connected under its name, and answers presses, with at most 200 characters', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: '@first_bot' });
    await sendAll(GOOD.slice(0, 1));
    const [message] = await received();
    const press = { bot: TOKEN, chat: CHAT, messageId: message!.message_id, button: 1 };
    await sandbox.admin('POST', 'press', press);
    await hook.close();
    const [pressed] = hook.events();
    const pressId = pressed?.kind === 'pressed' ? pressed.pressId : '';
    const done = { result: 'accepted', id: '' };
    await expect(
      connector.answerPress(sender(), { id: pressId }, 'x'.repeat(300)),
    ).resolves.toEqual(done);
    await expect(connector.answerPress(sender(), { id: 'long-gone' })).resolves.toEqual(done);
  });

  it('lets people pay invoices that carry a ref, and only those', async () => {
    const hook = await openHook((call) => connector.readWebhook(sender(), call));
    await connector.connect(sender(), hook.url);
    const ref = someTarget(String(CHAT)).refOf(2);
    const invoice = { bot: TOKEN, chat: CHAT, amount: 250, currency: 'EUR' };
    const update = (more: object) =>
      sandbox.admin('POST', 'updates', { ...invoice, payload: `c:${ref}`, ...more });
    await expect(update({ kind: 'checkout' })).resolves.toMatchObject({ approved: true });
    const foreign = await update({ kind: 'checkout', payload: 'order-7' });
    expect(foreign).toEqual({ status: 200 });
    await hook.close();
    const address = String(CHAT);
    expect(hook.events()).toMatchObject([{ kind: 'checkout', address, ref }]);
  });

  it.each([
    ['a secret that Telegram does not take', { webhookSecret: 'a b' }, 'https://a.b/hook'],
    ['an address that is none', {}, 'nowhere'],
  ])('is not connected with %s', async (_, credentials, url) => {
    const connecting = connector.connect(sender(credentials), url);
    await expect(connecting).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringMatching(/nobody|first/),
    });
  });
});
