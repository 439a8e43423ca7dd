import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sender, WebhookReading } from '@crier/connector';
import {
  openServer,
  someTarget,
  spawnSandbox,
  type SpawnedSandbox,
} from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { WebhookConnector } from './index.ts';
import { signed } from './testing/signed.ts';
import { GOOD, SECRET, senderAt } from './testing/webhook-facts.ts';

const ANN = 'ann@shop.example';
const HOMELESS: Sender = { id: 'bot-1', credentials: { secret: SECRET } };
const TEXT: readonly Element[] = GOOD.slice(0, 1);
const HOOK = 'https://crier.example/hooks/webhook/bot-1';

let sandbox: SpawnedSandbox<object>;
let connector: WebhookConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox('webhook');
  connector = new WebhookConnector({ version: '1.0.0', timeoutMs: 400, connections: 8 });
  await sandbox.admin('PUT', 'bots/shop', { name: 'Corner Shop', secret: SECRET });
});
beforeEach(() => sandbox.admin('DELETE', 'record'));
afterAll(async () => {
  await connector.close();
  await sandbox.close();
});

const sender = (more: Partial<Sender> = {}): Sender => ({
  ...senderAt(`${sandbox.url}/webhook/shop`),
  ...more,
});
const send = (from = sender(), to = ANN) => {
  const [part] = connector.compile(TEXT, {}).render(someTarget(to));
  return connector.send(from, to, part!);
};

describe('a message', () => {
  it('goes to the very address of the bot, to the letter', async () => {
    const paths: (string | undefined)[] = [];
    const receiver = await openServer((request, response) => {
      paths.push(request.url);
      response.end('OK');
    });
    await send(senderAt(`${receiver.url}/crier/?shop=1`));
    await receiver.close();
    expect(paths).toEqual(['/crier/?shop=1']);
  });

  it('is the same for a person and a bot however often it is sent, and another for any other', async () => {
    const first = await send();
    await expect(send()).resolves.toEqual(first);
    await expect(send(sender({ id: 'bot-2' }))).resolves.not.toEqual(first);
    await expect(send(sender(), 'bob@shop.example')).resolves.not.toEqual(first);
    await expect(sandbox.messages('shop', ANN)).resolves.toHaveLength(2);
  });

  it('is not sent by a bot without a secret or an address', async () => {
    const stopped = { result: 'bot_stopped', reason: 'not_configured' };
    await expect(send(sender({ credentials: {} }))).resolves.toEqual(stopped);
    await expect(send(sender({ apiUrl: 'ftp://a.b' }))).resolves.toEqual(stopped);
    await expect(send(HOMELESS)).resolves.toEqual(stopped);
    await expect(sandbox.record()).resolves.toEqual([]);
  });

  it('goes where the dispatcher names the address for bots that name none', async () => {
    const other = new WebhookConnector({ version: '1.0.0', apiUrl: `${sandbox.url}/webhook/shop` });
    const [part] = other.compile(TEXT, {}).render(someTarget(ANN));
    await expect(other.send(HOMELESS, ANN, part!)).resolves.toMatchObject({ result: 'accepted' });
    await other.close();
  });
});

describe('a call', () => {
  const now = Date.now();
  const call = (events: readonly object[], { secondsAgo = 0 } = {}): WebhookReading => {
    const at = new Date(now - secondsAgo * 1000).toISOString();
    const request = signed(JSON.stringify({ events }), { secret: SECRET, at });
    return connector.readWebhook(sender(), request);
  };
  const event = { type: 'delivered', to: ANN, id: 'm-1', eventId: 'one' };
  const namesOf = (reading: WebhookReading) =>
    reading.authentic ? reading.events.map(({ dedupe }) => dedupe) : [];

  it('is known again whenever it is signed, by the event and the person', () => {
    const [first] = namesOf(call([event]));
    const others = [
      { ...event, eventId: 'two' },
      { ...event, to: 'bob' },
    ];
    expect(namesOf(call([event], { secondsAgo: 60 }))).toEqual([first]);
    expect(new Set([first, ...namesOf(call(others))]).size).toBe(3);
  });

  it.each([
    ['more than five minutes ago', 330],
    ['more than five minutes ahead', -330],
  ])('is not believed that was signed %s', (_, secondsAgo) => {
    expect(call([event], { secondsAgo })).toEqual({ authentic: false });
  });

  it('holds a thousand events, and is refused as a whole with more', () => {
    const events = Array.from({ length: 1001 }, (_, i) => ({ ...event, eventId: `e${i}` }));
    expect(call(events)).toEqual({ authentic: false });
    expect(namesOf(call(events.slice(1)))).toHaveLength(1000);
  });
});

describe('a bot', () => {
  it('says hello and learns its name', async () => {
    await expect(connector.connect(sender(), HOOK)).resolves.toEqual({ name: 'Corner Shop' });
    await expect(sandbox.admin('GET', 'bots')).resolves.toMatchObject([{ webhook: HOOK }]);
    await expect(connector.answerPress()).resolves.toEqual({ result: 'accepted', id: '' });
  });

  it('is not connected at an address that is none', async () => {
    const connecting = connector.connect(sender({ apiUrl: 'nowhere' }), HOOK);
    await expect(connecting).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  });
});
