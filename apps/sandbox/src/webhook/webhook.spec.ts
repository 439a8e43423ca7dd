import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openCallee, type CallSeen } from '../testing/open-callee.ts';
import { fetched } from '../testing/open-sandbox.ts';
import { BOT, letter, openWebhook, signed } from './testing/open-webhook.ts';

const ANN = 'ann@shop.example';
const BOB = 'bob@shop.example';

let sandbox: Awaited<ReturnType<typeof openWebhook>>;
beforeAll(async () => {
  sandbox = await openWebhook();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const chat = async (to = ANN) =>
  (await sandbox.admin('GET', `bots/${BOT}/chats/${encodeURIComponent(to)}`)).body.messages;
const buttons = [
  { kind: 'link', label: 'See', url: 'https://a.b/r/x' },
  { kind: 'message', label: 'Remind me', payload: 'c:ref' },
];
const card = { url: 'https://a.b/c.jpg' };

describe('a message', () => {
  it('is answered with its id, and the person has it', async () => {
    const { status, id } = await sandbox.post(letter(ANN, 'one', { buttons }));
    expect(status).toBe(200);
    expect(await chat()).toEqual([{ ...letter(ANN, 'one', { buttons }).message, key: 77, id }]);
    expect(await sandbox.record()).toMatchObject([
      { bot: BOT, chat: ANN, method: 'message', accepted: true, messageId: id, status: 200 },
    ]);
  });

  it('is taken once under its key, and is a repeat from then on', async () => {
    const { id } = await sandbox.post(letter(ANN, 'one'));
    expect(await sandbox.post(letter(ANN, 'one'))).toEqual({ status: 200, id });
    expect((await sandbox.post(letter(ANN, 'two'))).id).not.toBe(id);
    expect(await chat()).toHaveLength(2);
    expect(await counts()).toMatchObject({ accepted: 2, trouble: { repeated: 1 } });
  });

  it('may come again under its key if it was refused', async () => {
    await trouble([{ times: 1, do: { kind: 'blocked' } }]);
    expect(await sandbox.post(letter(ANN, 'one'))).toEqual({ status: 410, code: 'blocked' });
    expect(await sandbox.post(letter(ANN, 'one'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['no JSON', '{', 400, undefined],
    ['nobody', letter('', 'one'), 400, 'incomplete'],
    ['no message', { ...letter(ANN, 'one'), message: undefined }, 400, 'incomplete'],
    ['another type', letter(ANN, 'one', { type: 'dance' }), 422, 'type_unknown'],
    ['no words', letter(ANN, 'one', { text: { plain: 'Hi' } }), 422, 'words_missing'],
    ['a file of no web', letter(ANN, 'one', { type: 'image', url: 'a.jpg' }), 422, 'url_invalid'],
    [
      'an empty caption',
      letter(ANN, 'one', { type: 'file', ...card, caption: {} }),
      422,
      'words_missing',
    ],
    [
      'a card of no picture',
      letter(ANN, 'one', { type: 'gallery', cards: [{}] }),
      422,
      'url_invalid',
    ],
    ['no cards', letter(ANN, 'one', { type: 'gallery', cards: [] }), 422, 'cards_invalid'],
    [
      'too many cards',
      letter(ANN, 'one', { type: 'gallery', cards: Array.from({ length: 11 }, () => card) }),
      422,
      'cards_invalid',
    ],
    [
      'a button without a word',
      letter(ANN, 'one', { buttons: [{ ...buttons[0], label: '' }] }),
      422,
      'label_missing',
    ],
    [
      'a link to nowhere',
      letter(ANN, 'one', { buttons: [{ ...buttons[0], url: 'shop' }] }),
      422,
      'button_url_invalid',
    ],
    [
      'a button of a card without its ref',
      letter(ANN, 'one', {
        type: 'gallery',
        cards: [{ ...card, buttons: [{ ...buttons[1], payload: '' }] }],
      }),
      422,
      'button_invalid',
    ],
  ])('is refused: %s', async (_, content, status, code) => {
    expect(await sandbox.post(content)).toMatchObject({
      status,
      ...(code === undefined ? {} : { code }),
    });
    expect(await counts()).toMatchObject({ accepted: 0 });
  });

  it('is refused without the name that its body has', async () => {
    const content = letter(ANN, 'one');
    expect(await sandbox.post(content, { 'x-crier-key': 'two' })).toMatchObject({ status: 400 });
  });

  it('is too large above 256 kB', async () => {
    const of = (length: number) =>
      letter(ANN, 'one', { text: { plain: 'x'.repeat(length), markdown: 'x' } });
    const empty = JSON.stringify(of(0)).length;
    expect((await sandbox.post(of(256_001 - empty))).status).toBe(413);
    expect((await sandbox.post(of(256_000 - empty))).status).toBe(200);
  });

  it.each([
    ['another secret', signed(JSON.stringify(letter(ANN, 'one')), { secret: 'another' })],
    ['a signature of something else', signed('{}')],
    ['no signature', { 'x-crier-signature': '' }],
    [
      'a time that is too long ago',
      signed(JSON.stringify(letter(ANN, 'one')), { secondsAgo: 302 }),
    ],
    ['a time to come', signed(JSON.stringify(letter(ANN, 'one')), { secondsAgo: -302 })],
  ])('is not believed with %s', async (_, headers) => {
    expect(await sandbox.post(letter(ANN, 'one'), headers)).toMatchObject({ status: 401 });
    expect(await counts()).toMatchObject({ requests: 0, unknownToken: 1 });
  });

  it('goes to a receiver that is there, by POST', async () => {
    const post = { method: 'POST', body: '{}' };
    expect((await fetched(`${sandbox.url}/webhook/nobody`, post)).status).toBe(404);
    expect((await fetched(`${sandbox.url}/webhook/${BOT}`)).status).toBe(405);
  });

  it('meets the trouble of its person', async () => {
    await trouble([{ chat: BOB, do: { kind: 'flood', retryAfter: 7 } }]);
    expect((await sandbox.post(letter(ANN, 'one'))).status).toBe(200);
    expect((await sandbox.post(letter(BOB, 'two'))).status).toBe(429);
    await trouble([{ do: { kind: 'bad_gateway', executed: true } }]);
    expect((await sandbox.post(letter(ANN, 'three'))).status).toBe(502);
    expect(await chat()).toHaveLength(2);
    expect(await counts()).toMatchObject({ flooded: 1, trouble: { flood: 1, bad_gateway: 1 } });
    expect((await trouble([{ chat: 5, do: { kind: 'blocked' } }])).body.error).toContain('chat');
  });

  it('is too fast beyond the starts of a second', async () => {
    await trouble([], { perSecond: 1 });
    expect((await sandbox.post(letter(ANN, 'one'))).status).toBe(200);
    expect((await sandbox.post(letter(ANN, 'two'))).status).toBe(429);
  });

  it('is taken for any bot where any is good, signed with the secret of those without one', async () => {
    const open = await openWebhook({ acceptAnyToken: true });
    const body = JSON.stringify(letter(ANN, 'one'));
    const headers = { ...signed(body, { secret: 'webhook-secret' }), 'x-crier-key': 'one' };
    const posted = await fetched(`${open.url}/webhook/anybody`, { method: 'POST', headers, body });
    await open.close();
    expect(posted.status).toBe(200);
  });
});

describe('a webhook', () => {
  const calls: CallSeen[] = [];
  let callee: Awaited<ReturnType<typeof openCallee>>;
  beforeAll(async () => {
    callee = await openCallee((call, response) => {
      calls.push(call);
      response.end();
    });
    await sandbox.post({ hello: { bot: BOT, webhook: callee.url } });
  });
  beforeEach(() => {
    calls.length = 0;
  });
  afterAll(() => callee.close());

  const told = () =>
    calls.flatMap(
      ({ body }) => (JSON.parse(body) as { readonly events: readonly unknown[] }).events,
    );
  const tell = (path: string, fields: object) =>
    sandbox.admin('POST', path, { bot: BOT, chat: ANN, ...fields });

  it('is set by a hello, which learns the name of the bot', async () => {
    expect(await sandbox.post({ hello: { bot: BOT } })).toEqual({
      status: 200,
      name: 'Corner Shop',
    });
    expect((await sandbox.admin('GET', 'bots')).body).toMatchObject([{ webhook: callee.url }]);
    expect(await counts()).toMatchObject({ otherCalls: { hello: 1 } });
  });

  it('hears what people do, each event under a name of its own, signed', async () => {
    const { id } = await sandbox.post(letter(ANN, 'one', { buttons }));
    await tell('updates', { kind: 'delivered', messageId: id });
    await tell('updates', { kind: 'seen', messageId: id });
    await tell('press', { button: 1 });
    await tell('updates', { kind: 'say', text: 'Stop!' });
    await tell('updates', {
      kind: 'paid',
      payload: 'c:ref',
      amount: 5,
      currency: 'EUR',
      paymentId: 'p',
    });
    await tell('updates', { kind: 'start', firstName: 'Ann', payload: 'spring' });
    const to = ANN;
    expect(told()).toMatchObject([
      { type: 'delivered', to, id, key: 77 },
      { type: 'opened', to, id, key: 77 },
      { type: 'pressed', to, ref: 'c:ref' },
      { type: 'message', to, text: 'Stop!' },
      { type: 'paid', to, ref: 'c:ref', amount: 5, currency: 'EUR', paymentId: 'p' },
      { type: 'started', to, firstName: 'Ann', payload: 'spring' },
    ]);
    const names = told().map((event) => (event as { readonly eventId: string }).eventId);
    expect(new Set(names).size).toBe(6);
    const [{ headers, body } = { headers: {}, body: '' }] = calls;
    expect(headers).toMatchObject(signed(body));
  });

  it.each(['block', 'unsubscribe'])(
    'hears who leaves (%s), who is then refused until they come',
    async (kind) => {
      await tell('updates', { kind });
      expect(await sandbox.post(letter(ANN, 'one'))).toEqual({ status: 410, code: 'blocked' });
      await tell('updates', { kind: 'start' });
      expect((await sandbox.post(letter(ANN, 'one'))).status).toBe(200);
      expect(told()).toMatchObject([{ type: kind === 'block' ? 'blocked' : 'unsubscribed' }, {}]);
    },
  );

  it('hears of receipts by itself, each as often as planned, under one name', async () => {
    await sandbox.admin('PUT', 'receipts', { deliveredAfterMs: 0, seenAfterMs: 5, copies: 2 });
    const { id } = await sandbox.post(letter(ANN, 'one'));
    while (calls.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told()).toMatchObject([
      ...Array.from({ length: 2 }, () => ({ type: 'delivered', id })),
      ...Array.from({ length: 2 }, () => ({ type: 'opened', id })),
    ]);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(2);
  });

  it('hears a call that a test has written', async () => {
    await tell('updates', { update: { events: [5] } });
    expect(told()).toEqual([5]);
  });

  it('is not told of a link that is opened', async () => {
    await sandbox.post(letter(ANN, 'one', { type: 'gallery', cards: [{ ...card, buttons }] }));
    expect((await tell('press', { button: 0 })).body).toEqual({ url: 'https://a.b/r/x' });
    expect((await tell('press', { button: 2 })).status).toBe(404);
    expect((await tell('press', { button: 0, messageId: 'gone' })).status).toBe(404);
    expect((await tell('updates', { kind: 'seen', messageId: 'gone' })).status).toBe(404);
    expect(calls).toEqual([]);
  });
});
