import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openSandbox, TOKEN, type OpenSandbox } from './testing/open-sandbox.ts';
import { openReceiver } from './testing/webhook-receiver.ts';

let sandbox: OpenSandbox;
let hook: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  sandbox = await openSandbox();
  hook = await openReceiver();
});
beforeEach(async () => {
  await sandbox.clear();
  hook.received.length = 0;
  const webhook = { url: hook.url, secret_token: 'Secret_1', allowed_updates: [] };
  await sandbox.call('setWebhook', webhook);
});
afterAll(async () => {
  await sandbox.close();
  await hook.close();
});

const post = (path: string, body: object) => sandbox.admin('POST', path, { bot: TOKEN, ...body });
const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const sendKeyboard = async (chat_id = 5): Promise<number> => {
  const inline_keyboard = [
    [{ text: 'Open', url: 'https://shop.example' }],
    [
      { text: 'Remind me', callback_data: 'ref-1' },
      { text: 'No', callback_data: 'ref-2' },
    ],
  ];
  const params = { chat_id, text: 'Hi', reply_markup: { inline_keyboard } };
  return (await sandbox.call('sendMessage', params)).body.result.message_id;
};

describe('setWebhook', () => {
  it('is shown by getWebhookInfo and undone by deleteWebhook', async () => {
    const set = await sandbox.call('setWebhook', {
      url: hook.url,
      allowed_updates: ['message'],
    });
    expect(set.body).toEqual({ ok: true, result: true, description: 'Webhook was set' });
    expect((await sandbox.call('getWebhookInfo', {})).body.result).toMatchObject({
      url: hook.url,
      pending_update_count: 0,
      allowed_updates: ['message'],
    });
    await sandbox.call('deleteWebhook', {});
    expect((await sandbox.call('getWebhookInfo', {})).body.result.url).toBe('');
    expect((await post('updates', { kind: 'start', chat: 5 })).body).toEqual({
      status: 0,
      reason: 'no_webhook',
    });
  });

  it('refuses strange URLs and secrets', async () => {
    expect((await sandbox.call('setWebhook', { url: 'ftp://x' })).status).toBe(400);
    expect((await sandbox.call('setWebhook', { url: 'nonsense' })).status).toBe(400);
    const secret = { url: hook.url, secret_token: 'with space' };
    expect((await sandbox.call('setWebhook', secret)).body.description).toBe(
      'Bad Request: secret token contains unallowed characters',
    );
  });

  it('gets the kinds of updates it asked for', async () => {
    await sandbox.call('setWebhook', { url: hook.url, allowed_updates: ['callback_query'] });
    expect((await post('updates', { kind: 'start', chat: 5 })).body).toEqual({
      status: 0,
      reason: 'not_allowed',
    });
    expect(hook.received).toEqual([]);
  });
});

describe('a press', () => {
  it('comes as a callback query with the secret, and can be answered', async () => {
    const messageId = await sendKeyboard();
    const pressed = await post('press', { chat: 5, messageId, row: 1, column: 1 });
    expect(pressed.body).toEqual({ status: 200 });
    const [received] = hook.received;
    expect(received?.headers['x-telegram-bot-api-secret-token']).toBe('Secret_1');
    const query = received?.update.callback_query;
    expect(query).toMatchObject({
      from: { id: 5 },
      message: { message_id: messageId, text: 'Hi' },
      data: 'ref-2',
    });
    const answer = { callback_query_id: query?.id, text: 'Thanks' };
    expect((await sandbox.call('answerCallbackQuery', answer)).body.result).toBe(true);
    expect(await counts()).toMatchObject({
      presses: 1,
      webhooks: { delivered: 1, failed: 0 },
      otherCalls: { answerCallbackQuery: 1 },
    });
  });

  it('counts buttons through all rows, and opens links without a word to the bot', async () => {
    const messageId = await sendKeyboard();
    await post('press', { chat: 5, messageId, button: 1 });
    expect(hook.received[0]?.update.callback_query.data).toBe('ref-1');
    const link = await post('press', { chat: 5, messageId, button: 0 });
    expect(link.body).toEqual({ url: 'https://shop.example' });
    expect(hook.received).toHaveLength(1);
  });

  it('needs a message and a button', async () => {
    const messageId = await sendKeyboard();
    expect((await post('press', { chat: 5, messageId, button: 3 })).status).toBe(404);
    expect((await post('press', { chat: 6, messageId, button: 1 })).status).toBe(404);
  });

  it('is too old to be answered when nobody pressed', async () => {
    const answer = await sandbox.call('answerCallbackQuery', { callback_query_id: '1' });
    expect(answer.body.description).toContain('query is too old');
  });
});

describe('an update', () => {
  it('tells that somebody blocked the bot, whose messages are then refused', async () => {
    await post('updates', { kind: 'block', chat: 9, firstName: 'Ann' });
    expect(hook.received[0]?.update.my_chat_member).toMatchObject({
      chat: { id: 9, type: 'private' },
      from: { first_name: 'Ann' },
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked', user: { id: 111 } },
    });
    const send = () => sandbox.call('sendMessage', { chat_id: 9, text: 'Hi' });
    expect(await send()).toMatchObject({
      status: 403,
      body: { description: 'Forbidden: bot was blocked by the user' },
    });
    await post('updates', { kind: 'unblock', chat: 9 });
    expect((await send()).status).toBe(200);
  });

  it('brings a start with its payload', async () => {
    await post('updates', { kind: 'start', chat: 9, payload: 'spring' });
    expect(hook.received[0]?.update.message).toMatchObject({
      text: '/start spring',
      from: { id: 9, is_bot: false },
    });
  });

  it('is sent as given, under a fresh id unless it has one', async () => {
    const query = { id: 'q1', currency: 'XTR', total_amount: 1, invoice_payload: 'order' };
    await post('updates', { update: { pre_checkout_query: query } });
    await post('updates', { update: { update_id: 77, message: { text: 'Hello' } } });
    const [first, second] = hook.received;
    expect(first?.update).toEqual({
      update_id: expect.any(Number),
      pre_checkout_query: query,
    });
    expect(second?.update.update_id).toBe(77);
    const approve = { pre_checkout_query_id: 'q1', ok: true };
    expect((await sandbox.call('answerPreCheckoutQuery', approve)).status).toBe(200);
  });

  it('brings somebody who is about to pay, and hears the word that comes with the answer', async () => {
    const invoice = { kind: 'checkout', chat: 5, payload: 'c:ref', amount: 250, currency: 'EUR' };
    expect((await post('updates', invoice)).body).toEqual({ status: 200 });
    const query = hook.received[0]?.update.pre_checkout_query;
    expect(query).toEqual({
      id: expect.any(String),
      from: { id: 5, is_bot: false, first_name: 'Person 5' },
      currency: 'EUR',
      total_amount: 250,
      invoice_payload: 'c:ref',
    });
    const word = (ok: boolean) => ({
      method: 'answerPreCheckoutQuery',
      pre_checkout_query_id: query?.id,
      ok,
      ...(ok ? {} : { error_message: 'Sold out' }),
    });
    const again = { update: { pre_checkout_query: query } };
    hook.sayNext(word(true));
    const reply = { method: 'answerPreCheckoutQuery', ok: true };
    expect((await post('updates', again)).body).toEqual({ status: 200, reply, approved: true });
    hook.sayNext(word(false));
    expect((await post('updates', again)).body).toEqual({ status: 200, reply, approved: false });
    hook.sayNext({ ...word(true), pre_checkout_query_id: 'nobody' });
    expect((await post('updates', again)).body).toMatchObject({ reply: { ok: false } });
    hook.sayNext({ method: 'sendMessage', chat_id: 5, text: 'Hi' });
    expect((await post('updates', again)).body).toMatchObject({ reply: { ok: false } });
    hook.sayNext(word(true), 'text/plain');
    expect((await post('updates', again)).body).toEqual({ status: 200, approved: false });
  });

  it('refuses a refusal of a payment that says no reason', async () => {
    await post('updates', { update: { pre_checkout_query: { id: 'q2' } } });
    const answer = { pre_checkout_query_id: 'q2', ok: false };
    expect((await sandbox.call('answerPreCheckoutQuery', answer)).status).toBe(400);
    const reason = { ...answer, error_message: 'Sold out' };
    expect((await sandbox.call('answerPreCheckoutQuery', reason)).status).toBe(200);
  });

  it('brings somebody who has paid', async () => {
    const paid = { kind: 'paid', chat: 5, payload: 'c:ref', amount: 7, paymentId: 'charge-1' };
    await post('updates', paid);
    expect(hook.received[0]?.update.message).toMatchObject({
      chat: { id: 5, type: 'private' },
      successful_payment: {
        currency: 'XTR',
        total_amount: 7,
        invoice_payload: 'c:ref',
        telegram_payment_charge_id: 'charge-1',
      },
    });
    expect((await post('updates', { kind: 'paid', chat: 5, payload: 'x' })).status).toBe(400);
  });

  it('comes again, the same, until it is taken', async () => {
    hook.answerNext(500, 503);
    const { body } = await post('updates', { kind: 'start', chat: 5 });
    expect(body).toEqual({ status: 200 });
    expect(new Set(hook.received.map(({ update }) => update.update_id)).size).toBe(1);
    expect(hook.received).toHaveLength(3);
    expect((await counts()).webhooks).toEqual({ delivered: 1, failed: 0 });
  });

  it('comes once when asked to, and its failure is remembered', async () => {
    hook.answerNext(500);
    const { body } = await post('updates', { kind: 'start', chat: 5, retry: false });
    expect(body).toEqual({ status: 500 });
    expect(hook.received).toHaveLength(1);
    expect((await counts()).webhooks).toEqual({ delivered: 0, failed: 1 });
    expect((await sandbox.call('getWebhookInfo', {})).body.result.last_error_message).toBe(
      'Wrong response from the webhook: 500',
    );
  });

  it('fails without a status when nobody listens', async () => {
    await sandbox.call('setWebhook', { url: 'http://127.0.0.1:9/hook' });
    const { body } = await post('updates', { kind: 'start', chat: 5, retry: false });
    expect(body).toEqual({ status: 0 });
  });
});
