import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openSandbox, TOKEN, type OpenSandbox } from './testing/open-sandbox.ts';

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const send = (chat_id: number, text: string, token = TOKEN) =>
  sandbox.call('sendMessage', { chat_id, text }, token);
const counts = async () => (await sandbox.admin('GET', 'counts')).body;

describe('bots', () => {
  it('are registered, renamed and listed', async () => {
    await sandbox.admin('PUT', 'bots/900:x', { id: 42, name: 'Shop', username: 'shop_bot' });
    const { body } = await sandbox.admin('PUT', 'bots/900:x', { name: 'Store' });
    const profile = { token: '900:x', id: 42, name: 'Store', username: 'shop_bot', webhook: null };
    expect(body).toEqual(profile);
    expect((await sandbox.admin('GET', 'bots')).body).toContainEqual(profile);
    expect((await sandbox.call('getMe', {}, '900:x')).body.result.first_name).toBe('Store');
  });

  it('are refused with the field that is wrong', async () => {
    const { status, body } = await sandbox.admin('PUT', 'bots/901:x', { id: 'one' });
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: 'id must be a whole number of at least 1' },
    });
    expect((await sandbox.admin('PUT', 'bots/901:x', [])).body.error).toContain('body');
  });
});

describe('counts', () => {
  it('add up, by bot and in all', async () => {
    await sandbox.admin('PUT', 'bots/222:second', {});
    await send(5, 'Hi');
    await send(6, 'Hi');
    await send(6, '');
    await send(5, 'Hi', '222:second');
    await sandbox.call('getMe', {});
    const report = await counts();
    expect(report).toMatchObject({
      requests: 4,
      accepted: 3,
      refused: 1,
      flooded: 0,
      distinctChats: 3,
      duplicates: 0,
      otherCalls: { getMe: 1 },
    });
    expect(report.perBot).toMatchObject({
      [TOKEN]: { requests: 3, accepted: 2, distinctChats: 2 },
      '222:second': { requests: 1, accepted: 1 },
    });
  });

  it('call a duplicate what the same bot said to the same chat before', async () => {
    await send(5, 'Hi');
    await send(5, 'Hi');
    await send(5, 'Hello');
    await send(6, 'Hi');
    expect(await counts()).toMatchObject({ accepted: 4, duplicates: 1, distinctChats: 2 });
  });

  it('tell many chats apart', async () => {
    const chats = Array.from({ length: 300 }, (_, index) => 7_000_000_000 + index);
    await Promise.all(chats.map((chat) => send(chat, 'Hi')));
    await send(7_000_000_007, 'Hi');
    expect(await counts()).toMatchObject({ accepted: 301, duplicates: 1, distinctChats: 300 });
  });
});

describe('the record', () => {
  it('has a line for every request to send, in order', async () => {
    const before = Date.now();
    const first = await send(5, 'Hi');
    await send(-6, '');
    await send(7, 'Hi');
    const lines = await sandbox.lines();
    expect(lines).toMatchObject([
      {
        bot: TOKEN,
        chat: 5,
        method: 'sendMessage',
        accepted: true,
        messageId: first.body.result.message_id,
        contentHash: expect.stringMatching(/^[\da-f]{16}$/),
        status: 200,
      },
      { chat: -6, accepted: false, messageId: null, status: 400 },
      { chat: 7, contentHash: lines[0]?.['contentHash'] },
    ]);
    expect(Number(lines[0]?.['at'])).toBeGreaterThanOrEqual(before - 1);
    expect(await sandbox.lines('?since=2')).toEqual(lines.slice(2));
  });

  it('gives arrival times alone', async () => {
    await sandbox.admin('PUT', 'bots/222:second', {});
    await send(5, 'Hi');
    await send(5, 'Hi', '222:second');
    await send(5, 'Hi');
    const starts = async (query: string) =>
      (await fetch(`${sandbox.url}/sandbox/telegram/starts${query}`)).json();
    const all = (await starts('')) as readonly number[];
    expect(all).toHaveLength(3);
    expect(await starts(`?bot=${TOKEN}`)).toEqual([all[0], all[2]]);
    expect(await starts(`?from=${Math.ceil(all[2] ?? 0) + 1}`)).toEqual([]);
  });

  it('is emptied with the counts and the inboxes', async () => {
    await send(5, 'Hi');
    await sandbox.admin('DELETE', 'record');
    expect(await sandbox.lines()).toEqual([]);
    expect(await counts()).toMatchObject({ requests: 0, distinctChats: 0 });
    expect((await sandbox.admin('GET', `bots/${TOKEN}/chats/5`)).body.messages).toEqual([]);
    await send(5, 'Hi');
    expect(await counts()).toMatchObject({ duplicates: 0 });
  });
});

describe('a chat', () => {
  it('shows what it got, in order', async () => {
    const sent = await send(5, 'One');
    await send(6, 'Elsewhere');
    const photo = 'https://shop.example/a.jpg';
    await sandbox.call('sendPhoto', { chat_id: 5, photo, caption: 'Two' });
    const media = [
      { type: 'photo', media: photo },
      { type: 'photo', media: photo },
    ];
    await sandbox.call('sendMediaGroup', { chat_id: 5, media });
    const { body } = await sandbox.admin('GET', `bots/${TOKEN}/chats/5`);
    expect(body).toMatchObject({ chat: 5, blocked: false });
    expect(body.messages).toHaveLength(4);
    expect(body.messages[0]).toEqual(sent.body.result);
    expect(body.messages[1]).toMatchObject({ caption: 'Two', photo: expect.any(Array) });
  });
});

describe('bad input', () => {
  it.each([
    ['GET', 'record?since=x', undefined, 400, 'since'],
    ['GET', 'starts?bot=nobody', undefined, 404, 'bot is not registered'],
    ['GET', `bots/${TOKEN}/chats/x`, undefined, 400, 'chat'],
    ['GET', 'bots/nobody/chats/5', undefined, 404, 'bot is not registered'],
    ['POST', 'press', { bot: TOKEN, chat: 5 }, 400, 'messageId'],
    ['POST', 'updates', { bot: TOKEN }, 400, 'update'],
    ['POST', 'updates', { bot: TOKEN, kind: 'sleep', chat: 5 }, 400, 'kind'],
    ['GET', 'nothing', undefined, 404, 'nothing'],
    ['POST', 'updates', { bot: 'x'.repeat(1024 * 1024) }, 413, '1 MB'],
  ])('%s %s is answered with the reason', async (method, path, body, status, reason) => {
    const answer = await sandbox.admin(method, path, body);
    expect({ status: answer.status, error: answer.body.error }).toEqual({
      status,
      error: expect.stringContaining(reason),
    });
  });
});
