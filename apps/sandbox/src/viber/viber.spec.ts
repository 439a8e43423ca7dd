import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { chatShare } from '../hash.ts';
import { openCallee } from '../testing/open-callee.ts';
import { TOKEN, openViber, text } from '../testing/open-viber.ts';
import { receiverNumber } from './receivers.ts';

const ANN = 'pttm25kSGUo1919sBORWyA==';
const BOB = '01234567890A=';
/** Of Ann, for ever. */
const NUMBER = 2_289_319_439_900_122;

let sandbox: Awaited<ReturnType<typeof openViber>>;
beforeAll(async () => {
  sandbox = await openViber();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const chat = async (receiver = ANN) =>
  (await sandbox.admin('GET', `bots/${TOKEN}/chats/${encodeURIComponent(receiver)}`)).body
    .messages as readonly { readonly message_token: string; readonly text: string }[];
const button = { ActionType: 'reply', ActionBody: 'c:ref', Text: 'Go' };
const keyboard = { Type: 'keyboard', Buttons: [button] };
const carousel = {
  type: 'rich_media',
  min_api_version: 7,
  rich_media: { Type: 'rich_media', Buttons: [{ ...button, Rows: 7 }] },
};

describe('send_message', () => {
  it('answers 200 with a token of 64 bits, and the chat has the message', async () => {
    const sent = await sandbox.call('send_message', text(ANN, { keyboard }));
    expect(sent.status).toBe(200);
    expect(sent.body).toContain('"status":0,"status_message":"ok"');
    expect(BigInt(sent.token)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(await chat()).toEqual([
      expect.objectContaining({ message_token: sent.token, type: 'text', text: 'Hi', keyboard }),
    ]);
    expect(await sandbox.record()).toMatchObject([
      { bot: TOKEN, chat: ANN, method: 'send_message', accepted: true, messageId: sent.token },
    ]);
  });

  it.each([
    ['no token', text(ANN), '', 2],
    ['another token', text(ANN), 'nobody', 2],
    ['no JSON', '{', undefined, 3],
    ['more than 30 kB', text(ANN, { tracking_data: 'x'.repeat(30_000) }), undefined, 3],
    ['no receiver', text(''), undefined, 4],
    ['no sender', text(ANN, { sender: undefined }), undefined, 4],
    ['a long name', text(ANN, { sender: { name: 'x'.repeat(29) } }), undefined, 3],
    ['no text', text(ANN, { text: '' }), undefined, 4],
    ['a long text', text(ANN, { text: 'x'.repeat(7001) }), undefined, 3],
    ['another type', text(ANN, { type: 'dance' }), undefined, 3],
    ['no picture', text(ANN, { type: 'picture' }), undefined, 4],
    ['a page for a picture', text(ANN, { type: 'picture', media: 'https://a.b/c' }), undefined, 3],
    ['a video of no size', text(ANN, { type: 'video', media: 'https://a.b/c.mp4' }), undefined, 4],
    [
      'a file of no name',
      text(ANN, { type: 'file', media: 'https://a.b/c', size: 1 }),
      undefined,
      4,
    ],
    ['a keyboard of no type', text(ANN, { keyboard: { Buttons: [button] } }), undefined, 3],
    ['a keyboard of no buttons', text(ANN, { keyboard: { Type: 'keyboard' } }), undefined, 4],
    [
      'a keyboard of too many',
      text(ANN, { keyboard: { ...keyboard, Buttons: Array.from({ length: 25 }, () => button) } }),
      undefined,
      3,
    ],
    ['a carousel for old clients', text(ANN, { ...carousel, min_api_version: 1 }), undefined, 14],
    [
      'a button of no action',
      text(ANN, { keyboard: { Type: 'keyboard', Buttons: [{}] } }),
      undefined,
      4,
    ],
  ])('refuses %s', async (_, params, token, status) => {
    expect(await sandbox.statusOf('send_message', params, token)).toBe(status);
    expect(await counts()).toMatchObject({ accepted: 0 });
  });

  it.each([
    ['a picture', { type: 'picture', media: 'https://a.b/c.jpg?x=1', text: '' }],
    ['a video', { type: 'video', media: 'https://a.b/c.mp4', size: 10, duration: 5 }],
    ['a file', { type: 'file', media: 'https://a.b/c', size: 10, file_name: 'c.pdf' }],
    ['a link', { type: 'url', media: 'https://a.b/c' }],
    ['a carousel', carousel],
  ])('takes %s', async (_, fields) => {
    expect(await sandbox.statusOf('send_message', text(ANN, fields))).toBe(0);
  });
});

describe('broadcast_message', () => {
  const toAll = (list: readonly string[]) =>
    text('', { receiver: undefined, broadcast_list: list });

  it('has one token for all, and a list of those who got nothing', async () => {
    await trouble([{ chat: BOB, do: { kind: 'blocked' } }]);
    const sent = await sandbox.call('broadcast_message', toAll([ANN, BOB]));
    expect(sent.body).toContain(
      `"failed_list":[{"receiver":"${BOB}","status":6,"status_message":"receiverNotSubscribed"}]`,
    );
    expect((await chat())[0]?.message_token).toBe(sent.token);
    expect(await chat(BOB)).toEqual([]);
    expect(await counts()).toMatchObject({ requests: 2, accepted: 1, refused: 1 });
  });

  it('takes 300 receivers and no more', async () => {
    const many = Array.from({ length: 301 }, (_, index) => `user-${index}=`);
    expect(await sandbox.statusOf('broadcast_message', toAll(many.slice(1)))).toBe(0);
    expect(await counts()).toMatchObject({ accepted: 300, distinctChats: 300, duplicates: 0 });
    expect(await sandbox.statusOf('broadcast_message', toAll(many))).toBe(3);
  });
});

describe('trouble', () => {
  it.each([
    ['receiverNoSuitableDevice', 11],
    ['cannotSendBroadcast', 19],
    ['hourlyLimit', 12],
    ['generalError', 99],
    ['deactivated', 5],
    ['unauthorized', 2],
    ['flood', 12],
  ])('%s is status %d', async (kind, status) => {
    await trouble([{ do: { kind } }]);
    expect(await sandbox.statusOf('send_message', text(ANN))).toBe(status);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s cuts the connection', async (kind, accepted) => {
    await trouble([{ do: { kind } }]);
    await expect(sandbox.call('send_message', text(ANN))).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted, refused: 1 - accepted });
    expect(await sandbox.record()).toMatchObject([{ status: 0 }]);
  });

  it('of a server may hide that the work was done', async () => {
    await trouble([{ times: 1, do: { kind: 'bad_gateway', executed: true } }]);
    expect((await sandbox.call('send_message', text(ANN))).status).toBe(502);
    expect(await sandbox.statusOf('send_message', text(ANN))).toBe(0);
    expect(await counts()).toMatchObject({ accepted: 2, duplicates: 1 });
  });

  it('meets a share of the receivers, the same ones for ever', async () => {
    const of = 2;
    const share = { of, is: chatShare(receiverNumber(ANN), of) };
    await trouble([{ share, do: { kind: 'blocked' } }]);
    expect(await sandbox.statusOf('send_message', text(ANN))).toBe(6);
    expect(receiverNumber(ANN)).toBe(NUMBER);
  });

  it('is a limit of a second, too', async () => {
    await trouble([], { perSecond: 2 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1)
      statuses.push(await sandbox.statusOf('send_message', text(ANN)));
    expect(statuses).toEqual([0, 0, 12]);
    expect(await counts()).toMatchObject({ flooded: 1 });
  });

  it.each([
    [{ do: { kind: 'dance' } }, 'rules[0].do.kind'],
    [{ chat: 5, do: { kind: 'blocked' } }, 'rules[0].chat'],
    [{ do: { kind: 'blocked', executed: true } }, 'rules[0].do.executed'],
  ])('%j is refused by the name of its field', async (rule, field) => {
    const { status, body } = await trouble([rule]);
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining(field),
    });
  });
});

describe('a webhook', () => {
  const received: { readonly signature: unknown; readonly body: string }[] = [];
  const statuses: number[] = [];
  let hook: Awaited<ReturnType<typeof openCallee>>;
  let url: string;
  beforeAll(async () => {
    hook = await openCallee(({ headers, body }, response) => {
      received.push({ signature: headers['x-viber-content-signature'], body });
      response.statusCode = statuses.shift() ?? 200;
      response.end();
    });
    ({ url } = hook);
    expect(await sandbox.statusOf('set_webhook', { url })).toBe(0);
  });
  beforeEach(() => {
    received.length = 0;
  });
  afterAll(() => hook.close());
  const update = (fields: object) =>
    sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, ...fields });
  const seen = () =>
    received.map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);
  const until = async (count: number) => {
    while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('is called before it is set, and has to answer 200', async () => {
    statuses.push(404);
    expect(await sandbox.statusOf('set_webhook', { url: `${url}/other` })).toBe(1);
    expect(await sandbox.statusOf('set_webhook', { url: 'nonsense' })).toBe(1);
    expect(seen()).toMatchObject([{ event: 'webhook' }]);
    expect(JSON.parse((await sandbox.call('get_account_info', {})).body)).toMatchObject({
      status: 0,
      name: 'Shop',
      webhook: url,
    });
  });

  it('gets bodies signed with the token, and tokens of 64 bits', async () => {
    await update({ kind: 'say', text: 'Hello', firstName: 'Ann' });
    const [{ signature, body } = { signature: '', body: '' }] = received;
    expect(signature).toBe(createHmac('sha256', TOKEN).update(body).digest('hex'));
    expect(body).toMatch(/"message_token":\d{19}}$/);
    expect(seen()).toMatchObject([
      { event: 'message', sender: { id: ANN, name: 'Ann' }, message: { text: 'Hello' } },
    ]);
  });

  it('hears who leaves, who is then refused, and who comes', async () => {
    await update({ kind: 'block' });
    expect(await sandbox.statusOf('send_message', text(ANN))).toBe(6);
    await update({ kind: 'open', payload: 'spring' });
    await update({ kind: 'start' });
    expect(await sandbox.statusOf('send_message', text(ANN))).toBe(0);
    expect(seen()).toMatchObject([
      { event: 'unsubscribed', user_id: ANN },
      { event: 'conversation_started', subscribed: false, context: 'spring' },
      { event: 'subscribed', user: { id: ANN } },
    ]);
  });

  it('hears a press as words, a link’s too', async () => {
    const link = {
      ActionType: 'open-url',
      ActionBody: 'https://a.b/r/x',
      Text: 'Open',
      Silent: true,
    };
    const Buttons = [{ ActionType: 'none', ActionBody: 'none' }, button, link];
    await sandbox.call('send_message', text(ANN, { keyboard: { Type: 'keyboard', Buttons } }));
    const press = (index: number) =>
      sandbox.admin('POST', 'press', { bot: TOKEN, chat: ANN, button: index });
    expect((await press(0)).body).toEqual({ status: 200 });
    expect((await press(1)).body).toEqual({ status: 200, url: 'https://a.b/r/x' });
    expect((await press(2)).status).toBe(404);
    expect(seen()).toMatchObject([
      { event: 'message', silent: false, message: { type: 'text', text: 'c:ref' } },
      { event: 'message', silent: true, message: { type: 'text', text: 'https://a.b/r/x' } },
    ]);
    expect(await counts()).toMatchObject({ presses: 2 });
  });

  it('hears receipts by the token of their message, when asked to', async () => {
    const { token } = await sandbox.call('send_message', text(ANN));
    await update({ kind: 'seen', messageId: token });
    await update({ kind: 'failed', messageId: token, text: 'no keyboard' });
    expect(received[0]?.body).toContain(`"message_token":${token}`);
    expect(seen()).toMatchObject([
      { event: 'seen', user_id: ANN },
      { event: 'failed', user_id: ANN, desc: 'no keyboard' },
    ]);
  });

  it('hears receipts by themselves: late, twice and out of order, even before the answer', async () => {
    await sandbox.admin('PUT', 'receipts', { deliveredAfterMs: 30, seenAfterMs: 0, copies: 2 });
    await trouble([], { latencyMs: 60 });
    const sending = sandbox.call('send_message', text(ANN));
    await until(4);
    const { token } = await sending;
    expect(seen().map(({ event }) => event)).toEqual(['seen', 'seen', 'delivered', 'delivered']);
    for (const { body } of received) expect(body).toContain(`"message_token":${token}`);
  });

  it('may leave out receipts, but neither messages nor subscriptions', async () => {
    await sandbox.call('set_webhook', { url, event_types: ['seen'] });
    const { token } = await sandbox.call('send_message', text(ANN));
    const refused = { status: 0, reason: 'not_allowed' };
    expect((await update({ kind: 'delivered', messageId: token })).body).toEqual(refused);
    expect((await update({ kind: 'seen', messageId: token })).body).toEqual({ status: 200 });
    expect((await update({ kind: 'start' })).body).toEqual({ status: 200 });
    await sandbox.call('set_webhook', { url: '' });
    expect((await update({ kind: 'start' })).body).toMatchObject({ reason: 'no_webhook' });
    await sandbox.call('set_webhook', { url });
  });

  it('hears any callback that a test has written', async () => {
    await sandbox.admin('POST', 'updates', {
      bot: TOKEN,
      update: { event: 'client_status', user: { id: ANN } },
      retry: false,
    });
    await sandbox.call('set_webhook', { url });
    const told = { bot: TOKEN, update: { event: 'message', timestamp: 5, sender: { id: ANN } } };
    await sandbox.admin('POST', 'updates', told);
    expect(seen().at(-1)).toMatchObject({ event: 'message', timestamp: 5 });
    expect((await sandbox.admin('POST', 'updates', { bot: TOKEN, update: {} })).status).toBe(400);
  });
});

describe('both messengers', () => {
  it('are kept apart', async () => {
    await sandbox.call('send_message', text(ANN));
    const telegram = await (await fetch(`${sandbox.url}/sandbox/telegram/counts`)).json();
    expect(telegram).toMatchObject({ requests: 0 });
    expect((await fetch(`${sandbox.url}/viber/pa/dance`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${sandbox.url}/sandbox/icq/counts`)).status).toBe(404);
  });
});
