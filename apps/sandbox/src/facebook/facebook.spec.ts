import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatShare } from '../hash.ts';
import { receiverNumber } from '../viber/receivers.ts';
import { PAGE, TOKEN, item, openFacebook, text, type Answer } from './testing/open-facebook.ts';

const ANN = '25412544777777291';
const BOB = '25412544777777300';

let sandbox: Awaited<ReturnType<typeof openFacebook>>;
beforeAll(async () => {
  sandbox = await openFacebook();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const chat = async (psid = ANN) =>
  (await sandbox.admin('GET', `bots/${TOKEN}/chats/${psid}`)).body.messages;
const send = (message: object, path = 'me/messages', token?: string) =>
  sandbox.post(path, message, token);

const button = { type: 'postback', title: 'Go', payload: 'c:ref' };
const template = (payload: object) => ({
  text: undefined,
  attachment: { type: 'template', payload },
});
const generic = (...elements: readonly object[]) =>
  template({ template_type: 'generic', elements });
const times = <T>(count: number, one: T) => Array.from({ length: count }, () => one);

describe('a message', () => {
  it('is answered with its id, and the chat has it', async () => {
    const sent = await send(text(ANN, { metadata: '7' }));
    expect(sent).toEqual({
      status: 200,
      body: { recipient_id: ANN, message_id: expect.stringMatching(/^m_\S+$/) },
    });
    const { message_id: mid } = sent.body;
    expect(await chat()).toMatchObject([{ mid, text: 'Hi', metadata: '7' }]);
    expect(await sandbox.record()).toMatchObject([
      { bot: TOKEN, chat: ANN, method: 'me/messages', accepted: true, messageId: mid, status: 200 },
    ]);
    expect(JSON.stringify(await sandbox.record())).not.toContain('access_token');
  });

  it.each([
    ['the Page’s number', `v25.0/${PAGE}/messages`, {}],
    ['no version', 'me/messages', {}],
    ['the token in a header', 'me/messages', { authorization: `Bearer ${TOKEN}` }],
    ['the token in the address', `me/messages?access_token=${TOKEN}`, {}],
  ])('is taken under %s', async (_, path, headers) => {
    const inBody = path.includes('?') || 'authorization' in headers ? {} : { access_token: TOKEN };
    const body = JSON.stringify({ ...inBody, ...text(ANN) });
    expect(await sandbox.request(path, { method: 'POST', headers, body })).toMatchObject({
      status: 200,
    });
  });

  it('is taken as a form, too', async () => {
    const body = new URLSearchParams(`${item(ANN).body}&access_token=${TOKEN}`);
    const sent = await sandbox.request('me/messages', { method: 'POST', body });
    expect(sent.body).toMatchObject({ recipient_id: ANN });
    expect(await chat()).toMatchObject([{ text: 'Hi' }]);
  });

  it.each([
    ['an unknown token', text(ANN), 'me/messages', 'nobody', 190],
    ['another Page', text(ANN), '77/messages', TOKEN, 100],
    ['another edge', text(ANN), 'me/dances', TOKEN, 100],
    ['no recipient', { ...text(ANN), recipient: undefined }, 'me/messages', TOKEN, 100],
    ['nobody', text('somebody'), 'me/messages', TOKEN, 100],
    ['no messaging type', { ...text(ANN), messaging_type: undefined }, 'me/messages', TOKEN, 100],
    ['no message', { ...text(ANN), message: undefined }, 'me/messages', TOKEN, 100],
  ])('is refused with %s', async (_, message, path, token, code) => {
    const sent = await send(message, path, token);
    expect(sent.status).toBeGreaterThanOrEqual(400);
    expect(sent.body.error.code).toBe(code);
    expect(await counts()).toMatchObject({ accepted: 0 });
  });

  it.each([
    ['no text', { text: '' }],
    ['a long text', { text: 'x'.repeat(2001) }],
    ['a long metadata', { metadata: 'x'.repeat(1001) }],
    ['text and attachment', { attachment: { type: 'image', payload: { url: 'https://a.b/c' } } }],
    ['a strange attachment', { text: undefined, attachment: { type: 'dance', payload: {} } }],
    ['an attachment of nothing', { text: undefined, attachment: { type: 'image', payload: {} } }],
    [
      'an attachment that nobody uploaded',
      { text: undefined, attachment: { type: 'image', payload: { attachment_id: '5' } } },
    ],
    ['a strange template', template({ template_type: 'dance' })],
    ['a button template of no words', template({ template_type: 'button', buttons: [button] })],
    ['a button template of no buttons', template({ template_type: 'button', text: 'x' })],
    [
      'a button template of many words',
      template({ template_type: 'button', text: 'x'.repeat(641), buttons: [button] }),
    ],
    ['four buttons', template({ template_type: 'button', text: 'x', buttons: times(4, button) })],
    [
      'a long label',
      template({
        template_type: 'button',
        text: 'x',
        buttons: [{ ...button, title: 'x'.repeat(21) }],
      }),
    ],
    [
      'a link that is none',
      template({
        template_type: 'button',
        text: 'x',
        buttons: [{ type: 'web_url', title: 'x', url: 'shop' }],
      }),
    ],
    ['no cards', generic()],
    ['eleven cards', generic(...times(11, { title: 'x', subtitle: 'y' }))],
    ['a card of no title', generic({ image_url: 'https://a.b/c.jpg' })],
    ['a card of an empty line', generic({ title: 'x', subtitle: '' })],
    ['a card of a title alone', generic({ title: 'x' })],
    [
      'a media template that nobody uploaded',
      template({
        template_type: 'media',
        elements: [{ media_type: 'image', attachment_id: '5', buttons: [button] }],
      }),
    ],
  ])('is refused with %s', async (_, more) => {
    const sent = await send(text(ANN, more));
    expect(sent).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it.each([
    [
      'a picture by its address',
      { attachment: { type: 'image', payload: { url: 'https://a.b/c' } } },
    ],
    [
      'words over buttons',
      template({
        template_type: 'button',
        text: 'x',
        buttons: [button, { type: 'web_url', title: 'x', url: 'https://a.b' }],
      }),
    ],
    ['cards', generic({ title: 'x', image_url: 'https://a.b/c.jpg', buttons: [button] })],
  ])('may be %s', async (_, more) => {
    expect(await send(text(ANN, { text: undefined, ...more }))).toMatchObject({ status: 200 });
  });

  it('does not reach somebody who blocked the Page, until they come back', async () => {
    const update = (kind: string) =>
      sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, kind });
    expect((await update('block')).body).toEqual({ status: 0, reason: 'not_told' });
    expect((await send(text(ANN))).body.error).toMatchObject({ code: 551, error_subcode: 1545041 });
    await update('unblock');
    expect(await send(text(ANN))).toMatchObject({ status: 200 });
    expect(await counts()).toMatchObject({ accepted: 1, refused: 1 });
  });
});

describe('an upload', () => {
  const upload = (type: string, payload: object, token?: string) =>
    send({ message: { attachment: { type, payload } } }, 'me/message_attachments', token);
  const form = (type: string, file: Blob) => {
    const fields = new FormData();
    fields.append('access_token', TOKEN);
    fields.append(
      'message',
      JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }),
    );
    fields.append('filedata', file, 'a.png');
    return sandbox.request('v25.0/me/message_attachments', {
      method: 'POST',
      body: fields,
    });
  };

  it('can be sent again and again, as what it is', async () => {
    const { body } = await upload('image', { url: 'https://a.b/c.jpg', is_reusable: true });
    const { attachment_id: id } = body;
    const attachment = (type: string) =>
      text(ANN, { text: undefined, attachment: { type, payload: { attachment_id: id } } });
    expect(await send(attachment('image'))).toMatchObject({ status: 200 });
    expect(await send(attachment('video'))).toMatchObject({ status: 400 });
    const media = template({
      template_type: 'media',
      elements: [{ media_type: 'image', attachment_id: id, buttons: [button] }],
    });
    expect(await send(text(ANN, media))).toMatchObject({ status: 200 });
    expect(await counts()).toMatchObject({ accepted: 2, otherCalls: { message_attachments: 1 } });
  });

  it('belongs to its own Page', async () => {
    await sandbox.admin('PUT', 'bots/other', { name: 'Other' });
    const { body } = await upload(
      'image',
      { url: 'https://a.b/c.jpg', is_reusable: true },
      'other',
    );
    const payload = { attachment_id: body.attachment_id };
    const message = text(ANN, { text: undefined, attachment: { type: 'image', payload } });
    expect(await send(message)).toMatchObject({ status: 400 });
    expect(await send(message, 'me/messages', 'other')).toMatchObject({ status: 200 });
  });

  it('may come with its bytes', async () => {
    const picture = new Blob(['picture'], { type: 'image/png' });
    expect((await form('image', picture)).body.attachment_id).toMatch(/^\d+$/);
    expect((await form('video', picture)).body.error.code).toBe(100);
    const large = new Blob([Buffer.alloc(25 * 1024 * 1024 + 1)], { type: 'image/png' });
    expect((await form('image', large)).body.error.error_subcode).toBe(2018109);
  });

  it.each([
    ['of no kind', 'dance', { url: 'https://a.b/c', is_reusable: true }],
    ['of nothing', 'image', { is_reusable: true }],
    ['for one use only', 'image', { url: 'https://a.b/c' }],
  ])('is refused when it is %s', async (_, type, payload) => {
    expect(await upload(type, payload)).toMatchObject({ body: { error: { code: 100 } } });
  });

  it('meets trouble, too', async () => {
    await trouble([{ method: 'message_attachments', do: { kind: 'temporary_failure' } }]);
    const sent = await upload('image', { url: 'https://a.b/c.jpg', is_reusable: true });
    expect(sent.body.error.code).toBe(1200);
  });
});

describe('a batch', () => {
  const ids = (body: readonly ({ readonly body: string } | null)[]) =>
    body.map((each) => each && (JSON.parse(each.body) as Partial<Answer>).message_id);

  it('is answered in order, and each of its messages counts', async () => {
    const { status, body } = await sandbox.batch([item(ANN), item(BOB), item(ANN)]);
    expect(status).toBe(200);
    expect(body.map((each) => each?.code)).toEqual([200, 200, 200]);
    const seen = await chat();
    expect(ids(body)).toEqual([
      ...(seen as readonly { mid: string }[]).slice(0, 1).map(({ mid }) => mid),
      ...((await chat(BOB)) as readonly { mid: string }[]).map(({ mid }) => mid),
      ...(seen as readonly { mid: string }[]).slice(1).map(({ mid }) => mid),
    ]);
    expect(await counts()).toMatchObject({
      requests: 3,
      accepted: 3,
      distinctChats: 2,
      duplicates: 1,
      otherCalls: { batch: 1 },
    });
    expect(await sandbox.record()).toHaveLength(3);
  });

  it('shows headers unless told not to', async () => {
    const [first] = (await sandbox.batch([item(ANN)], {})).body;
    expect(first).toMatchObject({ code: 200, headers: [] });
  });

  it('may come as a form', async () => {
    const body = new URLSearchParams({
      access_token: TOKEN,
      include_headers: 'false',
      batch: JSON.stringify([item(ANN)]),
    });
    const answer = await sandbox.request('', { method: 'POST', body });
    expect(answer.body).toEqual([{ code: 200, body: expect.stringContaining('message_id') }]);
  });

  it('refuses one message and sends the others', async () => {
    await trouble([
      { chat: BOB, do: { kind: 'blocked' } },
      { chat: '5', do: { kind: 'unfinished' } },
      { chat: '6', do: { kind: 'unfinished', executed: true } },
      { chat: '7', do: { kind: 'server_error' } },
    ]);
    const people = [ANN, BOB, '5', '6', '7'];
    const { body } = await sandbox.batch(people.map((psid) => item(psid)));
    expect(body.map((each) => each?.code)).toEqual([200, 400, undefined, undefined, 500]);
    expect(body.slice(2, 4)).toEqual([null, null]);
    expect(await chat('5')).toHaveLength(0);
    expect(await chat('6')).toHaveLength(1);
    expect(await counts()).toMatchObject({ requests: 5, accepted: 2, refused: 3 });
  });

  it('has at most fifty messages, and only messages', async () => {
    expect((await sandbox.batch(times(50, item(ANN)))).status).toBe(200);
    expect((await sandbox.batch(times(51, item(ANN)))).body.error.code).toBe(100);
    expect((await sandbox.batch([])).body.error.code).toBe(100);
    const other = { method: 'GET', relative_url: 'me' };
    expect((await sandbox.batch([item(ANN), other])).body.error.code).toBe(100);
    expect(await counts()).toMatchObject({ accepted: 50 });
  });

  it.each([
    ['token_invalid', 401, 190],
    ['rate_limit', 400, 613],
  ])('may be refused as a whole: %s', async (kind, status, code) => {
    await trouble([{ method: 'batch', do: { kind } }]);
    const answer = await sandbox.batch([item(ANN), item(BOB)]);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(await counts()).toMatchObject({ accepted: 0, refused: 2 });
    expect(await send(text(ANN))).toMatchObject({ status: 200 });
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 2],
  ])('is lost as a whole when one of it meets %s', async (kind, accepted) => {
    await trouble([{ chat: BOB, do: { kind } }]);
    await expect(sandbox.batch([item(ANN), item(BOB)])).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted, refused: 2 - accepted });
  });

  it('may be executed although its answer is lost', async () => {
    await trouble([{ method: 'batch', do: { kind: 'bad_gateway', executed: true } }]);
    expect((await sandbox.batch([item(ANN), item(BOB)])).status).toBe(502);
    expect(await counts()).toMatchObject({ accepted: 2 });
  });
});

describe('trouble', () => {
  it.each([
    ['unavailable', 400, 551, 1545041],
    ['unavailable_200', 403, 200, 1545041],
    ['no_such_user', 400, 100, 2018001],
    ['not_permitted', 400, 230, undefined],
    ['no_pages_messaging', 400, 230, undefined],
    ['outside_window', 400, 10, 2018278],
    ['outside_window_2018065', 400, 10, 2018065],
    ['app_not_live', 400, 10, 2018108],
    ['page_restricted', 400, 10, 1893063],
    ['permission_missing', 403, 10, 2018028],
    ['permission_missing_200', 403, 200, 2018027],
    ['token_invalid', 401, 190, undefined],
    ['app_limit', 403, 4, undefined],
    ['app_limit_2018022', 403, 4, 2018022],
    ['rate_limit', 400, 613, undefined],
    ['abuse_warning', 400, 613, undefined],
    ['too_often', 400, 4, 2018354],
    ['too_often_9', 400, 9, 2018352],
    ['policy_block', 403, 368, undefined],
    ['commerce_disabled', 400, 2022, undefined],
    ['messages_off', 400, 10904, undefined],
    ['invalid_parameter', 400, 100, undefined],
    ['attachment_too_large', 400, 100, 2018109],
    ['temporary_failure', 400, 1200, undefined],
    ['unexpected_error', 500, 2, undefined],
    ['unknown_error', 500, 1, undefined],
    ['unknown_error_99', 500, 1, 99],
    ['blocked', 400, 551, 1545041],
    ['deactivated', 400, 100, 2018001],
    ['unauthorized', 401, 190, undefined],
    ['flood', 400, 613, undefined],
  ])('%s is %d, code %d/%d', async (kind, status, code, subcode) => {
    await trouble([{ do: { kind } }]);
    const sent = await send(text(ANN));
    expect({ ...sent.body.error, status: sent.status }).toMatchObject({
      status,
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      fbtrace_id: expect.any(String),
    });
    expect('error_subcode' in sent.body.error).toBe(subcode !== undefined);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it.each([
    [undefined, 1],
    [false, 0],
  ])('invalid_reply says no to a message that was sent (executed: %s)', async (executed, count) => {
    await trouble([{ do: { kind: 'invalid_reply', executed } }]);
    const sent = await send(text(ANN));
    expect(sent.body.error).toMatchObject({ code: 1, error_subcode: 1357046 });
    expect(await chat()).toHaveLength(count);
    expect(await counts()).toMatchObject({ accepted: count });
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s cuts the connection', async (kind, accepted) => {
    await trouble([{ do: { kind } }]);
    await expect(send(text(ANN))).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted, refused: 1 - accepted });
    expect(await sandbox.record()).toMatchObject([{ status: 0 }]);
  });

  it.each([
    ['timeout_before', 0],
    ['timeout_after', 1],
  ])('%s never answers', async (kind, accepted) => {
    await trouble([{ do: { kind } }]);
    const init = { method: 'POST', body: JSON.stringify({ access_token: TOKEN, ...text(ANN) }) };
    const signal = AbortSignal.timeout(150);
    await expect(sandbox.request('me/messages', { ...init, signal })).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted });
  });

  it.each([
    ['server_error', 500],
    ['bad_gateway', 502],
    ['service_unavailable', 503],
    ['garbage', 200],
  ])('%s may hide that the work was done', async (kind, status) => {
    await trouble([{ times: 1, do: { kind, executed: true } }]);
    const init = { method: 'POST', body: JSON.stringify({ access_token: TOKEN, ...text(ANN) }) };
    const response = await fetch(`${sandbox.url}/facebook/me/messages`, init);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('message_id');
    expect(await send(text(ANN))).toMatchObject({ status: 200 });
    expect(await counts()).toMatchObject({ accepted: 2, duplicates: 1 });
  });

  it('meets a share of the people, the same ones for ever', async () => {
    const of = 2;
    const share = { of, is: chatShare(receiverNumber(ANN), of) };
    await trouble([{ share, do: { kind: 'blocked' } }]);
    expect((await send(text(ANN))).body.error.code).toBe(551);
  });

  it('is a limit of a second, too, in which each message of a batch counts', async () => {
    await trouble([], { perSecond: 2 });
    const { body } = await sandbox.batch(times(4, item(ANN)));
    expect(body.map((each) => each?.code)).toEqual([200, 200, 400, 400]);
    expect(await counts()).toMatchObject({ accepted: 2, flooded: 2 });
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

describe('the messengers', () => {
  it('are kept apart', async () => {
    await send(text(ANN));
    const viber = await (await fetch(`${sandbox.url}/sandbox/viber/counts`)).json();
    expect(viber).toMatchObject({ requests: 0 });
    expect(await counts()).toMatchObject({ requests: 1 });
  });

  it('take any token where the sandbox is told so', async () => {
    const open = await openFacebook({ acceptAnyToken: true });
    expect(await open.post('me/messages', text(ANN), 'anybody')).toMatchObject({ status: 200 });
    await open.close();
  });
});
