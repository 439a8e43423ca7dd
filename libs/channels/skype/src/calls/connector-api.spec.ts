import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendResult, Sender } from '@crier/connector';
import { openServer, type LocalServer } from '@crier/connector/testing';
import { openMicrosoft, type Microsoft } from '../testing/microsoft.ts';
import { APP_ID, APP_SECRET, NOW, openSkype, senderAt } from '../testing/skype-facts.ts';
import type { SkypeConnector } from '../index.ts';

interface Seen {
  readonly path: string;
  readonly bearer: string;
  readonly body: unknown;
}

let microsoft: Microsoft;
let connector: SkypeConnector;
let service: LocalServer;
let now: number;
/** Tokens that the service does not take. */
let refused: Set<string>;
let seen: Seen[];
beforeEach(async () => {
  now = NOW;
  refused = new Set();
  seen = [];
  microsoft = await openMicrosoft();
  connector = openSkype(microsoft, { clock: () => now, trustedHosts: ['teams.example'] });
  service = await openServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const bearer = request.headers.authorization ?? '';
      seen.push({ path: request.url ?? '', bearer, body: JSON.parse(body) });
      response.statusCode = refused.has(bearer) ? 401 : 201;
      response.end(refused.has(bearer) ? '' : '{"id":"1"}');
    });
  });
});
afterEach(async () => {
  await connector.close();
  await microsoft.close();
  await service.close();
});

const part = { method: 'send', body: '{"type":"message","text":"Hi"}' };
const send = (address = '29:ann', more?: Readonly<Record<string, string>>): Promise<SendResult> =>
  connector.send(senderAt(`${service.url}/apis/`, more), address, part);
const accepted: SendResult = { result: 'accepted', id: '1' };
const unauthorized: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };
const bearers = () => seen.map(({ bearer }) => bearer);

describe('a message', () => {
  it('goes to its conversation, from the bot to the person', async () => {
    expect(await send('29:ann/é')).toEqual(accepted);
    expect(seen).toEqual([
      {
        path: '/apis/v3/conversations/29%3Aann%2F%C3%A9/activities',
        bearer: 'Bearer token-1',
        body: {
          type: 'message',
          text: 'Hi',
          from: { id: `28:${APP_ID}` },
          recipient: { id: '29:ann/é' },
          conversation: { id: '29:ann/é' },
        },
      },
    ]);
  });

  it('names nobody but the conversation on other channels', async () => {
    await send('a:1xyz', { channelId: 'msteams' });
    expect(seen[0]!.body).toEqual({
      type: 'message',
      text: 'Hi',
      from: { id: `28:${APP_ID}` },
      conversation: { id: 'a:1xyz' },
    });
  });

  it('goes to the service that its address names', async () => {
    expect(await send(`${service.url}/emea/tenant-1 29:ann`)).toEqual(accepted);
    expect(seen[0]!.path).toBe('/emea/tenant-1/v3/conversations/29%3Aann/activities');
  });

  it.each([
    'https://evil.example',
    'https://evilteams.example',
    'https://teams.example.evil.example',
    'https://teams.example@evil.example/',
    'http://teams.example',
    'http://127.0.0.1:1',
    'https://smba.trafficmanager.net',
  ])('shows no token to %s', async (host) => {
    expect(await send(`${host} 29:ann`)).toEqual({ result: 'refused', reason: 'host_not_trusted' });
    expect(microsoft.tokenRequests).toEqual([]);
  });

  it.each(['https://teams.example:1', 'https://a.teams.example:1/emea'])(
    'trusts %s',
    async (host) => {
      const { result, reason } = (await send(`${host} 29:ann`)) as {
        result: string;
        reason: string;
      };
      expect([result, reason]).toEqual(['later', 'unreachable']);
    },
  );

  it.each(['', '..', '29:a b', 'ftp://a.b 29:ann', 'https:// 29:ann', 'x'.repeat(513)])(
    'has nowhere to go at %j',
    async (address) => {
      expect(await send(address)).toEqual({ result: 'refused', reason: 'address_invalid' });
    },
  );

  it('has nowhere to go for a bot at no address', async () => {
    const bot: Sender = { ...senderAt('nowhere') };
    expect(await connector.send(bot, '29:ann', part)).toMatchObject({ result: 'refused' });
  });
});

describe('a token', () => {
  it('is asked for by the credentials of the client, at the login of all bots', async () => {
    await send();
    expect(microsoft.tokenRequests).toEqual([
      {
        path: '/login/botframework.com/oauth2/v2.0/token',
        form: {
          grant_type: 'client_credentials',
          client_id: APP_ID,
          client_secret: APP_SECRET,
          scope: 'https://api.botframework.com/.default',
        },
      },
    ]);
  });

  it('is asked for once by many messages, and again for each tenant and secret', async () => {
    await Promise.all(Array.from({ length: 30 }, () => send()));
    await send('29:ann', { tenantId: 'tenant-1' });
    await send('29:ann', { appSecret: 'another' });
    await send();
    expect(microsoft.tokenRequests.map(({ path }) => path)).toEqual([
      '/login/botframework.com/oauth2/v2.0/token',
      '/login/tenant-1/oauth2/v2.0/token',
      '/login/botframework.com/oauth2/v2.0/token',
    ]);
  });

  it('is renewed before its end, and nobody waits for that', async () => {
    await send();
    now += 3_300_000;
    await send();
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1']);
    while (bearers().at(-1) !== 'Bearer token-2') await send();
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  it('serves to its end while no other is given, and not beyond', async () => {
    await send();
    microsoft.answerLogin({ status: 503, body: '' }, { status: 503, body: '' });
    now += 3_400_000;
    await send();
    while (microsoft.tokenRequests.length < 2) await new Promise(setImmediate);
    await send();
    expect(microsoft.tokenRequests).toHaveLength(2);
    now += 170_001;
    expect(await send()).toMatchObject({ result: 'later', reason: 'login_unavailable' });
    expect(bearers()).toEqual(Array.from({ length: 3 }, () => 'Bearer token-1'));
    expect(await send()).toEqual(accepted);
  });

  it('that is refused is renewed once for all who hear it', async () => {
    refused.add('Bearer token-1');
    const results = await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(results).toEqual(Array.from({ length: 10 }, () => accepted));
    expect(microsoft.tokenRequests).toHaveLength(2);
    expect(await send()).toEqual(accepted);
    expect(seen).toHaveLength(21);
  });

  it('that is refused anew stops the bot', async () => {
    refused.add('Bearer token-1').add('Bearer token-2');
    expect(await send()).toEqual(unauthorized);
    expect(seen).toHaveLength(2);
  });

  it('that is refused and cannot be had again stops the bot, too', async () => {
    await send();
    refused.add('Bearer token-1');
    microsoft.answerLogin({ status: 401, body: '{"error":"invalid_client"}' });
    expect(await send()).toEqual(unauthorized);
  });

  const paused = { result: 'later', reason: 'login_unavailable', pause: 'bot' };
  it.each([
    [401, '{"error":"invalid_client"}', unauthorized],
    [400, '{"error":"unauthorized_client","error_description":"AADSTS700016"}', unauthorized],
    [400, '<html>', { ...paused, afterMs: 2000, grows: true }],
    [500, '{"error":"server_error"}', { ...paused, afterMs: 2000, grows: true }],
    [503, '', { ...paused, afterMs: 2000, grows: true }],
    [200, '{}', { ...paused, afterMs: 2000, grows: true }],
    [200, '{"access_token":"a\\r\\nb"}', { ...paused, afterMs: 2000, grows: true }],
  ])('answered %d %s is none', async (status, body, result) => {
    microsoft.answerLogin({ status, body });
    expect(await send()).toEqual(result);
    expect(seen).toEqual([]);
  });

  it('is waited for as long as the login says', async () => {
    microsoft.answerLogin({ status: 429, body: '{"error":"x"}', headers: { 'retry-after': '9' } });
    expect(await send()).toEqual({ ...paused, afterMs: 9000 });
  });

  it('may tell its life as a text', async () => {
    const body = '{"access_token":"short","expires_in":"60"}';
    microsoft.answerLogin({ status: 200, body });
    await send();
    now += 55_000;
    await send();
    expect(bearers()).toEqual(['Bearer short', 'Bearer token-2']);
  });

  it('keeps messages waiting, and none in doubt, while nobody answers there', async () => {
    const away = openSkype({ ...microsoft, loginUrl: 'http://127.0.0.1:1' });
    const lost = openSkype({ ...microsoft, loginUrl: 'nowhere' });
    const bot = senderAt(service.url);
    expect(await away.send(bot, '29:ann', part)).toMatchObject({ reason: 'unreachable' });
    expect(await lost.send(bot, '29:ann', part)).toMatchObject({ reason: 'unreachable' });
    await Promise.all([away.close(), lost.close()]);
  });
});
