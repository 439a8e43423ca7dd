import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ANN, TOKEN, openVkSandbox } from './testing/open-vk-sandbox.ts';

const BOB = 8_042_192;

let sandbox: Awaited<ReturnType<typeof openVkSandbox>>;
beforeAll(async () => {
  sandbox = await openVkSandbox();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const button = { action: { type: 'callback', label: 'Go', payload: '{"press":"c:ref"}' } };
const link = { action: { type: 'open_link', label: 'Open', link: 'https://a.b/r/x' } };
const keyboard = (rows: unknown, more: object = {}) =>
  JSON.stringify({ inline: true, buttons: rows, ...more });
const card = { title: 'A', description: 'b', photo_id: '-1_2', buttons: [button] };
const carousel = (elements: readonly object[]) => JSON.stringify({ type: 'carousel', elements });

describe('messages.send', () => {
  it('answers one item for each recipient, and each chat has the message', async () => {
    const { response } = await sandbox.send({
      peer_ids: `${ANN},${BOB}`,
      keyboard: keyboard([[button]]),
    });
    const [first, second] = response as readonly { message_id: number }[];
    expect(response).toEqual([
      { peer_id: ANN, message_id: first!.message_id, conversation_message_id: 1 },
      { peer_id: BOB, message_id: first!.message_id + 1, conversation_message_id: 1 },
    ]);
    expect(await sandbox.chat(BOB)).toEqual([
      {
        message_id: second!.message_id,
        conversation_message_id: 1,
        date: expect.any(Number),
        message: 'Hi',
        keyboard: keyboard([[button]]),
      },
    ]);
    expect(await sandbox.record()).toMatchObject([
      { bot: TOKEN, chat: ANN, method: 'messages.send', accepted: true },
      { bot: TOKEN, chat: BOB, accepted: true, messageId: second!.message_id },
    ]);
  });

  it('answers the id alone to `peer_id`, and takes the token as a field', async () => {
    const form = new URLSearchParams({ access_token: TOKEN, v: '5.199' });
    const more = new URLSearchParams({ peer_id: String(ANN), random_id: '7', message: 'Hi' });
    const url = `${sandbox.url}/vk/method/messages.send?${form.toString()}`;
    const answer = await (await fetch(url, { method: 'POST', body: more })).json();
    const [{ message_id: id } = {}] = await sandbox.chat();
    expect(answer).toEqual({ response: id });
  });

  it('knows a repeat by its key for an hour and a hundred messages, dialog by dialog', async () => {
    const idOf = async (params: Readonly<Record<string, string | number>>) =>
      ((await sandbox.send(params)).response as readonly { message_id: number }[])[0]!.message_id;
    const first = await idOf({});
    expect(await idOf({ message: 'another text' })).toBe(first);
    expect(await idOf({ peer_ids: `${BOB}` })).not.toBe(first);
    expect(await idOf({ random_id: 8 })).not.toBe(first);
    expect(await sandbox.chat()).toHaveLength(2);
    expect(await sandbox.counts()).toMatchObject({ requests: 4, accepted: 3, duplicates: 1 });
    for (let key = 100; key < 198; key += 1) await idOf({ random_id: key });
    expect(await idOf({})).toBe(first);
    await idOf({ random_id: 198 });
    expect(await idOf({})).not.toBe(first);
  });

  it('knows no repeat by the key 0', async () => {
    await sandbox.send({ random_id: 0 });
    await sandbox.send({ random_id: 0 });
    expect(await sandbox.chat()).toHaveLength(2);
  });

  it.each([
    ['no key', { random_id: '' }, 100],
    ['a large key', { random_id: 2 ** 31 }, 100],
    ['nobody', { peer_ids: '' }, 100],
    ['somebody of no id', { peer_ids: `${ANN},x` }, 100],
    [
      'more than a hundred',
      { peer_ids: Array.from({ length: 101 }, (_, at) => at + 1).join(',') },
      100,
    ],
    ['no message', { message: ' ' }, 100],
    ['a long text', { message: 'x'.repeat(9001) }, 914],
    ['a picture of no id', { attachment: 'photo5' }, 100],
    [
      'eleven pictures',
      { attachment: Array.from({ length: 11 }, () => 'photo-1_2').join(',') },
      100,
    ],
    ['a keyboard of no JSON', { keyboard: '{' }, 911],
    [
      'a keyboard that goes away inside a message',
      { keyboard: keyboard([], { one_time: true }) },
      911,
    ],
    ['a row of six', { keyboard: keyboard([Array.from({ length: 6 }, () => button)]) }, 911],
    ['seven rows', { keyboard: keyboard(Array.from({ length: 7 }, () => [button])) }, 911],
    [
      'a long label',
      { keyboard: keyboard([[{ action: { ...button.action, label: 'x'.repeat(41) } }]]) },
      911,
    ],
    [
      'a payload of no object',
      { keyboard: keyboard([[{ action: { ...button.action, payload: '"x"' } }]]) },
      911,
    ],
    [
      'a link to nowhere',
      { keyboard: keyboard([[{ action: { ...link.action, link: 'x' } }]]) },
      911,
    ],
    [
      'a button of another type',
      { keyboard: keyboard([[{ action: { type: 'dance', label: 'x' } }]]) },
      911,
    ],
    [
      'a carousel without a text',
      { message: '', attachment: 'photo-1_2', template: carousel([card]) },
      100,
    ],
    ['a carousel of nothing', { template: carousel([]) }, 100],
    ['cards that differ', { template: carousel([card, { ...card, title: undefined }]) }, 100],
    ['a card without buttons', { template: carousel([{ ...card, buttons: [] }]) }, 100],
    ['a card with a long title', { template: carousel([{ ...card, title: 'x'.repeat(81) }]) }, 100],
    [
      'a card with another photo',
      { template: carousel([{ ...card, photo_id: 'photo-1_2' }]) },
      100,
    ],
  ])('refuses %s', async (_, params, code) => {
    expect(await sandbox.codeOf(params)).toBe(code);
    expect(await sandbox.counts()).toMatchObject({ accepted: 0 });
  });

  it.each([
    ['a picture alone', { message: '', attachment: 'photo-1_2_key,doc5_6' }],
    [
      'ten buttons in six rows',
      { keyboard: keyboard([[button, link], ...Array.from({ length: 4 }, () => [button, link])]) },
    ],
    ['a carousel', { template: carousel([card, card]) }],
  ])('takes %s', async (_, params) => {
    expect(await sandbox.codeOf(params)).toBeUndefined();
    expect(await sandbox.chat()).toHaveLength(1);
  });

  it('refuses another token, an unknown method, and a call of no version', async () => {
    const code = async (method: string, token?: string) =>
      (await sandbox.call(method, {}, token)).error?.error_code;
    expect(await code('messages.send', 'nobody')).toBe(5);
    expect(await code('messages.send', '')).toBe(5);
    expect(await code('messages.dance')).toBe(3);
    const response = await fetch(`${sandbox.url}/vk/method/groups.getById`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(await response.json()).toMatchObject({ error: { error_code: 8 } });
    expect((await fetch(`${sandbox.url}/vk/dance`)).status).toBe(404);
  });
});

describe('execute', () => {
  const call = (peers: string, more: object = {}) =>
    `API.messages.send(${JSON.stringify({ random_id: 7, message: 'Hi', ...more, peer_ids: peers })})`;
  const run = (...calls: readonly string[]) =>
    sandbox.call('execute', { code: `return [${calls.join(', ')}];` });

  it('makes the calls, and says of those that failed by their order why', async () => {
    const message = 'Say "}])"; \\ и\n[';
    const answer = await run(
      call(`${ANN}`, { message }),
      call('x'),
      'API.dance.now({})',
      call(`${BOB}`),
    );
    expect(answer.response).toEqual([
      [expect.objectContaining({ peer_id: ANN })],
      false,
      false,
      [expect.objectContaining({ peer_id: BOB })],
    ]);
    expect(answer.execute_errors).toMatchObject([
      { method: 'messages.send', error_code: 100 },
      { method: 'dance.now', error_code: 3 },
    ]);
    expect(await sandbox.chat()).toMatchObject([{ message }]);
    expect(await sandbox.chat(BOB)).toHaveLength(1);
  });

  it.each([
    ['return 1;'],
    ['return [API.messages.send({peer_ids: 5})];'],
    [`return [${call('5')}`],
    [`return [${call('5')},]; var x = 1;`],
  ])('does not compile %s', async (code) => {
    const { error } = await sandbox.call('execute', { code });
    expect(error).toMatchObject({ error_code: 12 });
  });

  it('makes no more than 25 calls', async () => {
    const many = Array.from({ length: 26 }, (_, at) => call(String(at + 1)));
    expect((await run(...many)).error?.error_code).toBe(13);
    expect((await run(...many.slice(1))).response).toHaveLength(25);
    expect(await sandbox.counts()).toMatchObject({ accepted: 25, distinctChats: 25 });
  });

  it('is stopped as a whole by an error of programs, and by one call where it is asked', async () => {
    await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code: 13 } }]);
    expect((await run(call(`${ANN}`), call(`${BOB}`))).error?.error_code).toBe(13);
    expect(await sandbox.counts()).toMatchObject({ accepted: 0, refused: 2 });
    await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code: 10 } }]);
    const { response, execute_errors: errors } = await run(call(`${ANN}`), call(`${BOB}`));
    expect(response).toEqual([false, [expect.objectContaining({ peer_id: BOB })]]);
    expect(errors).toMatchObject([{ error_code: 10 }]);
  });

  it('counts once in a second, whatever it holds', async () => {
    await sandbox.trouble([], { perSecond: 1 });
    expect((await run(call(`${ANN}`), call(`${BOB}`))).error).toBeUndefined();
    expect((await run(call(`${ANN}`), call(`${BOB}`))).error?.error_code).toBe(6);
    expect(await sandbox.counts()).toMatchObject({ accepted: 2, flooded: 2 });
  });
});
