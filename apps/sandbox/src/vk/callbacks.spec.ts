import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { openCallee } from '../testing/open-callee.ts';
import { ANN, GROUP_ID, TOKEN, openVkSandbox } from './testing/open-vk-sandbox.ts';

const SECRET = 'aaQ13axAPQEcczQa';
const EVENTS = {
  message_new: 1,
  message_event: 1,
  message_allow: 1,
  message_deny: 1,
  message_read: 1,
  message_reply: 1,
  vkpay_transaction: 1,
};

interface Told {
  readonly type: string;
  readonly group_id: number;
  readonly event_id: string;
  readonly secret?: string;
  readonly object: Readonly<Record<string, unknown>> & {
    readonly message: Readonly<Record<string, unknown>>;
  };
}

let sandbox: Awaited<ReturnType<typeof openVkSandbox>>;
let url: string;
let code = '';
const received: { readonly headers: IncomingHttpHeaders; readonly told: Told }[] = [];
/** Given in turn, before `ok`. */
const answers: string[] = [];
let hook: Awaited<ReturnType<typeof openCallee>>;

const group = { group_id: GROUP_ID };
const addServer = async (more: object = {}) => {
  const fields = { ...group, url, title: 'Crier', secret_key: SECRET, ...more };
  return (await sandbox.call('groups.addCallbackServer', fields)).response as { server_id: number };
};
const servers = async () =>
  (
    (await sandbox.call('groups.getCallbackServers', group)).response as {
      items: readonly { id: number; status: string }[];
    }
  ).items;
const told = () => received.map((each) => each.told);
const until = async (count: number) => {
  while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
};
const update = (fields: object) =>
  sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, ...fields });

beforeAll(async () => {
  sandbox = await openVkSandbox();
  hook = await openCallee(({ headers, body }, response) => {
    const told = JSON.parse(body) as Told;
    received.push({ headers, told });
    response.end(answers.shift() ?? (told.type === 'confirmation' ? code : 'ok'));
  });
  ({ url } = hook);
  const answer = await sandbox.call('groups.getCallbackConfirmationCode', group);
  code = (answer.response as { code: string }).code;
});
beforeEach(async () => {
  await sandbox.clear();
  for (const { id } of await servers())
    await sandbox.call('groups.deleteCallbackServer', { ...group, server_id: id });
  received.length = 0;
  answers.length = 0;
});
afterAll(async () => {
  await sandbox.close();
  await hook.close();
});

describe('a callback server', () => {
  it('is asked for the code of its community, and fails without it', async () => {
    await addServer();
    answers.push('another code');
    await addServer();
    await addServer({ url: 'http://127.0.0.1:1/hook' });
    expect((await servers()).map(({ status }) => status)).toEqual(['ok', 'failed', 'failed']);
    expect(told()).toEqual([
      { type: 'confirmation', group_id: GROUP_ID, secret: SECRET },
      expect.objectContaining({ type: 'confirmation' }),
    ]);
  });

  it('can be changed, which asks again', async () => {
    answers.push('wrong');
    const { server_id: id } = await addServer();
    const fields = { ...group, server_id: id, url, title: 'Crier' };
    await sandbox.call('groups.editCallbackServer', fields);
    expect(await servers()).toMatchObject([{ id, status: 'ok' }]);
  });

  it.each([
    ['no address', { url: 'x' }, 100],
    ['a long title', { title: 'x'.repeat(15) }, 100],
    ['a long secret', { secret_key: 'x'.repeat(51) }, 100],
  ])('is refused for %s', async (_, more, error) => {
    const fields = { ...group, url, title: 'Crier', ...more };
    const answer = await sandbox.call('groups.addCallbackServer', fields);
    expect(answer.error?.error_code).toBe(error);
  });

  it('is one of ten at most', async () => {
    for (let count = 0; count < 10; count += 1) await addServer();
    const answer = await sandbox.call('groups.addCallbackServer', { ...group, url, title: 'x' });
    expect(answer.error?.error_code).toBe(2000);
  });

  it('hears only what it wants to hear', async () => {
    const { server_id: id } = await addServer();
    expect((await update({ kind: 'say', text: 'Hi' })).body).toEqual({
      status: 0,
      reason: 'not_allowed',
    });
    const settings = { ...group, server_id: id, message_new: 1 };
    await sandbox.call('groups.setCallbackSettings', settings);
    expect((await update({ kind: 'say', text: 'Hi' })).body).toEqual({ status: 200 });
    expect((await update({ kind: 'block' })).body).toMatchObject({ reason: 'not_allowed' });
  });

  it('hears nothing any more once it has said `remove`', async () => {
    const { server_id: id } = await addServer();
    await sandbox.call('groups.setCallbackSettings', { ...group, server_id: id, ...EVENTS });
    answers.push('remove');
    await update({ kind: 'unblock', retry: false });
    expect((await update({ kind: 'unblock' })).body).toEqual({ status: 0, reason: 'no_webhook' });
  });
});

describe('events', () => {
  beforeEach(async () => {
    const { server_id: id } = await addServer();
    await sandbox.call('groups.setCallbackSettings', { ...group, server_id: id, ...EVENTS });
    received.length = 0;
  });

  it('carry the secret, and come again until they hear `ok`', async () => {
    answers.push('', 'OK!');
    await update({ kind: 'say', text: 'Hello' });
    expect(received.map(({ headers }) => headers['x-retry-counter'])).toEqual([
      undefined,
      '1',
      '2',
    ]);
    expect(new Set(told().map(({ event_id: id }) => id)).size).toBe(1);
    expect(told()[0]).toMatchObject({
      type: 'message_new',
      group_id: GROUP_ID,
      v: '5.199',
      secret: SECRET,
      object: { message: { peer_id: ANN, from_id: ANN, text: 'Hello' } },
    });
  });

  it('tell of words, permissions, prohibitions and payments', async () => {
    await update({ kind: 'start', payload: 'spring' });
    await update({ kind: 'block' });
    await update({ kind: 'unblock' });
    await update({ kind: 'pay', amount: 15_000, payload: '{"press":"c:ref"}' });
    expect(told().map(({ type, object }) => [type, object])).toMatchObject([
      ['message_new', { message: { payload: '{"command":"start"}', ref: 'spring' } }],
      ['message_deny', { user_id: ANN }],
      ['message_allow', { user_id: ANN }],
      ['vkpay_transaction', { from_id: ANN, amount: 15_000, payload: '{"press":"c:ref"}' }],
    ]);
  });

  it('tell of presses, which can be answered once they were made', async () => {
    const rows = [
      [{ action: { type: 'callback', label: 'A', payload: '{"press":"c:ref"}' } }],
      [{ action: { type: 'open_link', label: 'B', link: 'https://a.b/r/x' } }],
      [{ action: { type: 'text', label: 'C', payload: '{"n":1}' } }],
    ];
    await sandbox.send({ keyboard: JSON.stringify({ inline: true, buttons: rows }) });
    const press = (button: number, more = {}) =>
      sandbox.admin('POST', 'press', { bot: TOKEN, chat: ANN, button, ...more });
    expect((await press(0)).body).toEqual({ status: 200 });
    expect((await press(1)).body).toEqual({ url: 'https://a.b/r/x' });
    expect((await press(2)).body).toEqual({ status: 200 });
    expect((await press(3)).status).toBe(404);
    expect((await press(0, { messageId: 999 })).status).toBe(404);
    expect(told()).toMatchObject([
      {
        type: 'message_event',
        object: { user_id: ANN, peer_id: ANN, payload: { press: 'c:ref' } },
      },
      { type: 'message_new', object: { message: { text: 'C', payload: '{"n":1}' } } },
    ]);
    const answer = (eventId: unknown) =>
      sandbox.call('messages.sendMessageEventAnswer', {
        event_id: String(eventId),
        user_id: ANN,
        peer_id: ANN,
      });
    expect((await answer(told()[0]!.object['event_id'])).response).toBe(1);
    expect((await answer('x')).error?.error_code).toBe(100);
  });

  it('tell of buttons on cards', async () => {
    const button = { action: { type: 'callback', label: 'A', payload: '{"press":"c:card"}' } };
    const elements = [{ title: 'A', photo_id: '-1_2', buttons: [button] }];
    await sandbox.send({ template: JSON.stringify({ type: 'carousel', elements }) });
    await sandbox.admin('POST', 'press', { bot: TOKEN, chat: String(ANN), button: 0 });
    expect(told()).toMatchObject([{ object: { payload: { press: 'c:card' } } }]);
  });

  it('tell of messages and that they are read when asked to', async () => {
    await update({ kind: 'sent', messageId: '5', randomId: 7 });
    await update({ kind: 'seen', messageId: 5 });
    expect(told()).toMatchObject([
      { type: 'message_reply', object: { id: 5, random_id: 7, from_id: -GROUP_ID } },
      { type: 'message_read', object: { from_id: ANN, read_message_id: 5 } },
    ]);
  });

  it('tell of them by themselves: twice and early, even before the answer', async () => {
    await sandbox.admin('PUT', 'receipts', { sentAfterMs: 30, seenAfterMs: 0, copies: 2 });
    await sandbox.admin('PUT', 'trouble', { latencyMs: 80 });
    const sending = sandbox.send();
    await until(4);
    const { response } = await sending;
    const [{ message_id: id } = { message_id: 0 }] = response as readonly { message_id: number }[];
    expect(told().map(({ type }) => type)).toEqual([
      ...['message_read', 'message_read', 'message_reply', 'message_reply'],
    ]);
    expect(told()[0]!.object).toMatchObject({ read_message_id: id });
    expect(told()[2]!.object).toMatchObject({ id, random_id: 7 });
    expect(new Set(told().map(({ event_id: event }) => event)).size).toBe(2);
  });

  it('come in another order where that is asked for', async () => {
    await sandbox.admin('PUT', 'receipts', { sentAfterMs: 0, shuffled: true });
    const peers = Array.from({ length: 30 }, (_, at) => ANN + at);
    await sandbox.send({ peer_ids: peers.join(',') });
    await until(peers.length);
    const order = told().map(({ object }) => object['peer_id']);
    expect(order).not.toEqual(peers);
    expect(new Set(order)).toEqual(new Set(peers));
  });

  it('tell anything that a test has written', async () => {
    const written = { type: 'message_new', event_id: 'mine', object: { message: { text: 'x' } } };
    await sandbox.admin('POST', 'updates', { bot: TOKEN, update: written, retry: false });
    expect(told()).toMatchObject([written]);
    expect((await sandbox.admin('POST', 'updates', { bot: TOKEN, update: {} })).status).toBe(400);
    expect((await update({ kind: 'seen', messageId: 'x' })).status).toBe(400);
  });
});
