import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sender } from '@crier/connector';
import { openHook, someTarget, type Hook } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { WebhookConnector } from './index.ts';
import { Receiver } from './testing/receiver.ts';
import { GOOD, SECRET, senderAt } from './testing/webhook-facts.ts';

const ANN = 'ann@shop.example';
const HOMELESS: Sender = { id: 'bot-1', credentials: { secret: SECRET } };
const TEXT: readonly Element[] = GOOD.slice(0, 1);
let connector: WebhookConnector;
let receiver: Receiver;
let hook: Hook;
beforeAll(() => {
  connector = new WebhookConnector({ version: '1.0.0', timeoutMs: 500, connections: 8 });
});
afterAll(() => connector.close());
beforeEach(async () => {
  receiver = await Receiver.open(SECRET);
  hook = await openHook((call) => connector.readWebhook(sender(), call));
});
afterEach(async () => {
  await hook.close();
  await receiver.close();
});

const sender = (more: Partial<Sender> = {}): Sender => ({ ...senderAt(receiver.url), ...more });
const partsFor = (to: string, elements: readonly Element[]) =>
  connector.compile(elements, {}).render(someTarget(to));
const sendAll = async (elements: readonly Element[], to = ANN, from = sender()) => {
  const results = [];
  for (const part of partsFor(to, elements)) results.push(await connector.send(from, to, part));
  return results;
};

describe('a receiver', () => {
  it('gets every kind of element, one signed request each, at its own address to the letter', async () => {
    const results = await sendAll(GOOD);
    expect(results).toEqual(GOOD.map((_, i) => ({ result: 'accepted', id: `m-${i + 1}` })));
    expect(receiver.taken.map(({ message }) => message['type'])).toEqual(
      GOOD.map(({ type }) => type),
    );
    expect(receiver.taken.map(({ to, key }) => [to, key])).toEqual(
      GOOD.map((_, part) => [ANN, 1_000 + part]),
    );
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(GOOD.length);
    expect(new Set(receiver.paths)).toEqual(new Set(['/crier/?shop=1']));
    expect(receiver.forged).toBe(0);
  });

  it('gives a person a message once, however often it is sent', async () => {
    const [first] = await sendAll(TEXT);
    expect(await sendAll(TEXT)).toEqual([first]);
    await sendAll(TEXT, 'bob@shop.example');
    await sendAll(TEXT, ANN, sender({ id: 'bot-2' }));
    expect(receiver.taken.map(({ to }) => to)).toEqual([ANN, 'bob@shop.example', ANN]);
    expect(receiver.repeats).toBe(1);
  });

  it.each([['lost_before'], ['lost_after']] as const)(
    'ends the doubt of a %s answer when it is asked again, and nobody gets it twice',
    async (trouble) => {
      receiver.troubles.push(trouble);
      expect(await sendAll(TEXT)).toEqual([{ result: 'unknown', reason: 'reset' }]);
      expect(await sendAll(TEXT)).toEqual([{ result: 'accepted', id: 'm-1' }]);
      expect(receiver.taken).toHaveLength(1);
    },
  );

  it('takes a message later that it had refused: only what is taken is remembered', async () => {
    receiver.troubles.push({ status: 404, code: 'muted' });
    expect(await sendAll(TEXT)).toEqual([{ result: 'refused', reason: 'muted' }]);
    expect(await sendAll(TEXT)).toEqual([{ result: 'accepted', id: 'm-1' }]);
  });

  it('takes nothing that is signed with another secret, and the bot is stopped', async () => {
    const results = await sendAll(TEXT, ANN, sender({ credentials: { secret: 'another' } }));
    expect(results).toEqual([{ result: 'bot_stopped', reason: 'unauthorized' }]);
    expect(receiver.taken).toEqual([]);
    expect(receiver.forged).toBe(1);
  });

  it('is asked for nothing by a bot without a secret or an address', async () => {
    const stopped = [{ result: 'bot_stopped', reason: 'not_configured' }];
    expect(await sendAll(TEXT, ANN, sender({ credentials: {} }))).toEqual(stopped);
    expect(await sendAll(TEXT, ANN, sender({ apiUrl: 'ftp://a.b' }))).toEqual(stopped);
    expect(await sendAll(TEXT, ANN, HOMELESS)).toEqual(stopped);
    expect(receiver.paths).toEqual([]);
  });

  it('serves bots that name no address where the dispatcher names it', async () => {
    const other = new WebhookConnector({ version: '1.0.0', apiUrl: receiver.url });
    const [part] = partsFor(ANN, TEXT);
    expect(await other.send(HOMELESS, ANN, part!)).toMatchObject({ result: 'accepted' });
    await other.close();
  });
});

describe('a bot', () => {
  it('says hello, learns its name, and everything that happens comes back', async () => {
    await expect(connector.connect(sender(), hook.url)).resolves.toEqual({ name: 'Corner Shop' });
    await sendAll(TEXT);
    const [message] = receiver.taken;
    const { payload } = (message!.message['buttons'] as { payload?: string }[])[1]!;
    const status = await receiver.tell([
      { type: 'delivered', to: ANN, id: 'm-1' },
      { type: 'opened', to: ANN, key: message!.key },
      { type: 'pressed', to: ANN, ref: payload },
      { type: 'message', to: ANN, text: 'Stop!' },
      { type: 'blocked', to: ANN },
    ]);
    expect(status).toBe(200);
    expect(hook.events()).toMatchObject([
      { kind: 'receipt', what: 'delivered', address: ANN, which: { ids: ['m-1'] } },
      { kind: 'receipt', what: 'opened', address: ANN, which: { key: message!.key } },
      { kind: 'pressed', address: ANN, ref: someTarget(ANN).refOf(1) },
      { kind: 'active', address: ANN, text: 'Stop!' },
      { kind: 'status', address: ANN, status: 'blocked' },
    ]);
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it('knows an event again that is told twice, and no other', async () => {
    await connector.connect(sender(), hook.url);
    const event = { type: 'delivered', to: ANN, id: 'm-1', eventId: 'one' };
    await receiver.tell([event]);
    await receiver.tell([event], { secondsAgo: 60 });
    await receiver.tell([
      { ...event, eventId: 'two' },
      { ...event, to: 'bob' },
    ]);
    const [first, again, ...others] = hook.events().map(({ dedupe }) => dedupe);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it.each([
    ['of five minutes ago, and a little more', { secondsAgo: 302 }],
    ['of the future', { secondsAgo: -302 }],
    ['of somebody else', { secret: 'another' }],
  ])('believes no call %s', async (_, call) => {
    await connector.connect(sender(), hook.url);
    expect(await receiver.tell([{ type: 'blocked', to: ANN }], call)).toBe(403);
    expect(hook.events()).toEqual([]);
  });

  it('takes a call of a thousand events, and refuses one of more as a whole', async () => {
    await connector.connect(sender(), hook.url);
    const events = Array.from({ length: 1001 }, (_, i) => ({ type: 'blocked', to: `p${i}` }));
    expect(await receiver.tell(events)).toBe(403);
    expect(hook.events()).toEqual([]);
    expect(await receiver.tell(events.slice(1))).toBe(200);
    expect(hook.events()).toHaveLength(1000);
  });

  it.each([
    ['another secret', () => ({ credentials: { secret: 'another' } })],
    ['no secret', () => ({ credentials: {} })],
    ['an address that is none', () => ({ apiUrl: 'nowhere' })],
  ])('is not connected with %s', async (_, more) => {
    await expect(connector.connect(sender(more()), hook.url)).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.not.stringContaining('another'),
    });
  });

  it('is not connected while its receiver is away', async () => {
    const connecting = connector.connect(senderAt('http://127.0.0.1:1'), undefined);
    await expect(connecting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
