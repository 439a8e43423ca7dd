import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import {
  APP,
  APP_SECRET,
  PAGE,
  TOKEN,
  openFacebook,
  openHook,
  text,
} from './testing/open-facebook.ts';

const ANN = '25412544777777291';
const VERIFY_TOKEN = 'the-team-made-this-up';
const ALL = [
  'messages',
  'messaging_postbacks',
  'messaging_optins',
  'messaging_referrals',
  'message_deliveries',
  'message_reads',
  'message_echoes',
];

let sandbox: Awaited<ReturnType<typeof openFacebook>>;
let hook: Awaited<ReturnType<typeof openHook>>;
const subscription = (more: object = {}) => ({
  object: 'page',
  callback_url: hook.url,
  verify_token: VERIFY_TOKEN,
  fields: ALL.join(','),
  ...more,
});
const subscribe = (fields: unknown) =>
  sandbox.post('me/subscribed_apps', { subscribed_fields: fields });
beforeAll(async () => {
  sandbox = await openFacebook();
  hook = await openHook(VERIFY_TOKEN);
  const set = await sandbox.post(`${APP}/subscriptions`, subscription(), `${APP}|${APP_SECRET}`);
  expect(set.body).toEqual({ success: true });
  expect((await subscribe(ALL.join(','))).body).toEqual({ success: true });
});
beforeEach(async () => {
  await sandbox.clear();
  hook.received.length = 0;
});
afterAll(async () => {
  await hook.close();
  await sandbox.close();
});

interface Event {
  readonly sender: { readonly id: string };
  readonly message?: { readonly mid: string };
  readonly delivery?: { readonly mids?: readonly string[]; readonly watermark: number };
  readonly read?: { readonly watermark: number };
}
const update = (fields: object) =>
  sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, ...fields });
const seen = () =>
  hook.received.flatMap(({ body }) => {
    const call = JSON.parse(body) as { entry: readonly { messaging: readonly Event[] }[] };
    return call.entry.flatMap(({ messaging }) => messaging);
  });
const until = async (count: number) => {
  while (hook.received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
};
const send = async (more: object = {}) =>
  (await sandbox.post('me/messages', text(ANN, more))).body.message_id;

describe('setting a webhook', () => {
  it('has Messenger call it with the team’s token and a challenge', async () => {
    const set = await sandbox.post(`${APP}/subscriptions`, subscription(), `${APP}|${APP_SECRET}`);
    expect(set.status).toBe(200);
    expect(hook.received).toMatchObject([{ method: 'GET' }]);
    expect(Object.fromEntries(hook.received[0]!.query)).toEqual({
      'hub.mode': 'subscribe',
      'hub.verify_token': VERIFY_TOKEN,
      'hub.challenge': expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['another token', { verify_token: 'another' }, `${APP}|${APP_SECRET}`, 2200],
    ['nobody there', { callback_url: 'http://127.0.0.1:1/hook' }, `${APP}|${APP_SECRET}`, 2200],
    ['no address', { callback_url: 'nowhere' }, `${APP}|${APP_SECRET}`, 2200],
    ['another object', { object: 'user' }, `${APP}|${APP_SECRET}`, 100],
    ['another app’s secret', {}, `${APP}|guess`, 190],
    ['the Page’s token', {}, TOKEN, 190],
  ])('fails with %s', async (_, more, token, code) => {
    const set = await sandbox.post(`${APP}/subscriptions`, subscription(more), token);
    expect(set.body.error.code).toBe(code);
    expect((await update({ kind: 'say', text: 'still here' })).body).toEqual({ status: 200 });
  });

  it('is also done by hand, in the app’s settings', async () => {
    const enter = (verifyToken: string) =>
      sandbox.admin('POST', 'updates', {
        bot: TOKEN,
        kind: 'callback',
        url: hook.url,
        verifyToken,
      });
    expect((await enter('another')).body).toEqual({ verified: false });
    expect((await enter(VERIFY_TOKEN)).body).toEqual({ verified: true });
  });

  it('says what the Page is', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const { body } = await sandbox.request('v25.0/me?fields=id,name', { headers });
    expect(body).toEqual({ id: String(PAGE), name: 'Shop' });
  });
});

describe('a webhook', () => {
  it('gets bodies signed with the app’s secret, in an envelope of the Page', async () => {
    await update({ kind: 'say', text: 'Grüße' });
    const [{ signature, body } = { signature: '', body: '' }] = hook.received;
    expect(signature).toBe(`sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`);
    expect(JSON.parse(body)).toEqual({
      object: 'page',
      entry: [
        {
          id: String(PAGE),
          time: expect.any(Number),
          messaging: [
            {
              sender: { id: ANN },
              recipient: { id: String(PAGE) },
              timestamp: expect.any(Number),
              message: { mid: expect.stringMatching(/^m_/), text: 'Grüße' },
            },
          ],
        },
      ],
    });
  });

  it('hears who comes, by which way, and what they tap', async () => {
    await update({ kind: 'start', payload: 'spring' });
    await update({ kind: 'open', payload: 'summer' });
    await update({ kind: 'optin', payload: 'footer' });
    await update({ kind: 'say', text: 'Go', payload: 'c:ref' });
    expect(seen()).toMatchObject([
      { postback: { title: 'Get Started', payload: 'GET_STARTED', referral: { ref: 'spring' } } },
      { referral: { ref: 'summer', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
      { optin: { ref: 'footer' } },
      { message: { text: 'Go', quick_reply: { payload: 'c:ref' } } },
    ]);
  });

  it('hears a press as a postback; of a link it hears nothing', async () => {
    const buttons = [
      { type: 'web_url', title: 'Open', url: 'https://a.b/r/x' },
      { type: 'postback', title: 'Go', payload: 'c:ref' },
    ];
    const payload = {
      template_type: 'generic',
      elements: [
        { title: 'x', subtitle: 'y', buttons: buttons.slice(0, 1) },
        { title: 'z', subtitle: 'y', buttons: buttons.slice(1) },
      ],
    };
    await send({ text: undefined, attachment: { type: 'template', payload } });
    const press = (index: number) =>
      sandbox.admin('POST', 'press', { bot: TOKEN, chat: ANN, button: index });
    expect((await press(0)).body).toEqual({ url: 'https://a.b/r/x' });
    expect((await press(1)).body).toEqual({ status: 200 });
    expect((await press(2)).status).toBe(404);
    expect(seen()).toMatchObject([
      { sender: { id: ANN }, postback: { mid: expect.any(String), title: 'Go', payload: 'c:ref' } },
    ]);
    expect((await sandbox.admin('GET', 'counts')).body).toMatchObject({ presses: 2 });
  });

  it('hears receipts and echoes when asked to', async () => {
    const mid = await send({ metadata: '1001' });
    await update({ kind: 'delivered', messageId: mid });
    await update({ kind: 'delivered' });
    await update({ kind: 'seen' });
    await update({ kind: 'echo', messageId: mid });
    expect((await update({ kind: 'echo', messageId: 'm_nobody' })).status).toBe(404);
    const watermark = expect.any(Number);
    expect(seen()).toEqual([
      { ...people(ANN, String(PAGE), false), delivery: { mids: [mid], watermark } },
      { ...people(ANN, String(PAGE), false), delivery: { watermark } },
      { ...people(ANN, String(PAGE)), read: { watermark } },
      {
        ...people(String(PAGE), ANN),
        message: { is_echo: true, app_id: Number(APP), mid, text: 'Hi', metadata: '1001' },
      },
    ]);
  });

  it('hears receipts by themselves: late, twice, even before the answer', async () => {
    await sandbox.admin('PUT', 'receipts', {
      echoAfterMs: 0,
      deliveredAfterMs: 60,
      seenAfterMs: 120,
      copies: 2,
    });
    await sandbox.admin('PUT', 'trouble', { rules: [], latencyMs: 40 });
    let isAnswered = false;
    const sending = send({ metadata: '5' }).finally(() => (isAnswered = true));
    await until(2);
    expect(isAnswered).toBe(false);
    const mid = await sending;
    await until(6);
    const [echo, , delivered, , read] = seen();
    expect(echo).toMatchObject({ message: { is_echo: true, mid, metadata: '5' } });
    expect(delivered).toMatchObject({ delivery: { mids: [mid] } });
    expect(read!.read!.watermark).toBe(delivered!.delivery!.watermark);
    expect(seen()).toHaveLength(6);
  });

  it('hears receipts out of order, and without ids, when told so', async () => {
    await sandbox.admin('PUT', 'receipts', { deliveredAfterMs: 0, shuffled: true, ids: false });
    const count = 20;
    for (let index = 0; index < count; index += 1) {
      await send();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await until(count);
    const watermarks = seen().map(({ delivery }) => delivery!.watermark);
    expect(watermarks).not.toEqual(watermarks.toSorted((a, b) => a - b));
    expect(seen().every(({ delivery }) => delivery!.mids === undefined)).toBe(true);
  });

  it('is called again until it takes the call', async () => {
    hook.statuses.push(500, 503);
    expect((await update({ kind: 'say', text: 'x' })).body).toEqual({ status: 200 });
    expect(new Set(hook.received.map(({ body }) => body)).size).toBe(1);
    expect(hook.received).toHaveLength(3);
  });

  it('hears only what it asked for', async () => {
    await subscribe(['messages']);
    expect((await update({ kind: 'seen' })).body).toEqual({ status: 0, reason: 'not_allowed' });
    expect((await update({ kind: 'say', text: 'x' })).body).toEqual({ status: 200 });
    expect((await subscribe('')).body.error.code).toBe(100);
    await subscribe(ALL);
    expect((await update({ kind: 'seen' })).body).toEqual({ status: 200 });
  });

  it('hears any event, and any call, that a test has written', async () => {
    const event = { sender: { id: ANN }, recipient: { id: String(PAGE) }, reaction: { mid: 'm' } };
    const call = { object: 'page', entry: [{ id: '5', messaging: [event, event] }] };
    await sandbox.admin('POST', 'updates', { bot: TOKEN, update: event });
    await sandbox.admin('POST', 'updates', { bot: TOKEN, update: call });
    expect(hook.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      expect.objectContaining({ object: 'page' }),
      call,
    ]);
    expect(seen()[0]).toEqual(event);
  });

  it('is not called for a Page without one', async () => {
    await sandbox.admin('PUT', 'bots/fresh', {});
    const told = { bot: 'fresh', chat: ANN, kind: 'say', text: 'x' };
    expect((await sandbox.admin('POST', 'updates', told)).body).toEqual({
      status: 0,
      reason: 'no_webhook',
    });
  });
});

const people = (sender: string, recipient: string, isTimed = true) => ({
  sender: { id: sender },
  recipient: { id: recipient },
  ...(isTimed ? { timestamp: expect.any(Number) } : {}),
});
