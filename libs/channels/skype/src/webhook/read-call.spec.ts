import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookReading } from '@crier/connector';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { SkypeConnector } from '../index.ts';
import { openMicrosoft, type Microsoft } from '../testing/microsoft.ts';
import { APP_ID, NOW, callWith, claims, openSkype, senderAt } from '../testing/skype-facts.ts';
import { SERVICE, address, vendorSamples } from '../testing/vendor-samples.ts';

let microsoft: Microsoft;
let connector: SkypeConnector;
let now: number;
beforeEach(async () => {
  now = NOW;
  microsoft = await openMicrosoft();
  connector = openSkype(microsoft, { clock: () => now });
});
afterEach(async () => {
  await connector.close();
  await microsoft.close();
});

const sender = senderAt(SERVICE);
const hello = (more: object = {}): string =>
  JSON.stringify({
    type: 'message',
    id: 'a1',
    serviceUrl: SERVICE,
    channelId: 'skype',
    from: { id: address },
    conversation: { id: address },
    text: 'Hello',
    ...more,
  });
const reading = async (
  token: string | undefined,
  body = hello(),
  bot = sender,
): Promise<WebhookReading> => connector.readWebhook(bot, callWith(body, token));
const isBelieved = async (token: string | undefined, body = hello()): Promise<boolean> =>
  (await reading(token, body)).authentic;

describe('samples of the vendor', () => {
  it.each(vendorSamples)('$title', async ({ body, reading: expected }) => {
    const bare = { id: 'bot-1', credentials: sender.credentials };
    const token = await microsoft.sign(claims());
    expect(await reading(token, body, bare)).toMatchObject({ authentic: true, ...expected });
  });
});

describe('a call', () => {
  it.each([
    ['within its time', {}, true],
    ['five minutes late', { exp: NOW / 1000 - 299 }, true],
    ['later than that', { exp: NOW / 1000 - 301 }, false],
    ['five minutes early', { nbf: NOW / 1000 + 299 }, true],
    ['earlier than that', { nbf: NOW / 1000 + 301 }, false],
    ['for ever', { exp: undefined }, false],
    ['of another issuer', { iss: 'https://sts.windows.net/x/' }, false],
    ['for another bot', { aud: 'another' }, false],
    ['for several bots', { aud: ['another', APP_ID] }, true],
    ['of another service', { serviceurl: 'https://evil.example' }, false],
    ['of no service', { serviceurl: undefined }, false],
    ['of its service as documents spell it', { serviceurl: undefined, serviceUrl: SERVICE }, true],
  ])('%s: %j is believed: %j', async (_, more, expected) => {
    expect(await isBelieved(await microsoft.sign(claims(more)))).toBe(expected);
  });

  it('is not believed unsigned, signed with a shared secret, or without a bearer', async () => {
    const unsecured = new UnsecuredJWT(claims()).encode();
    const shared = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(Buffer.alloc(32, 'x'));
    for (const token of [unsecured, shared, 'a.b.c', '', 'nonsense'])
      expect(await isBelieved(token)).toBe(false);
    const token = await microsoft.sign(claims());
    const basic = { ...callWith(hello(), token), headers: { authorization: `Basic ${token}` } };
    expect(await connector.readWebhook(sender, basic)).toEqual({ authentic: false });
  });

  it('is not believed with a body of another service, whoever signed it', async () => {
    const token = await microsoft.sign(claims());
    expect(await isBelieved(token, hello({ serviceUrl: 'https://evil.example' }))).toBe(false);
    expect(await isBelieved(token, hello({ serviceUrl: undefined }))).toBe(false);
    expect(await isBelieved(token, '{}')).toBe(false);
  });

  it('is believed only for channels that its key may sign for', async () => {
    await microsoft.publish('teams', { endorsements: ['msteams'] });
    await microsoft.publish('any');
    expect(await isBelieved(await microsoft.sign(claims(), 'teams'))).toBe(false);
    expect(await isBelieved(await microsoft.sign(claims(), 'any'))).toBe(true);
  });

  it('for a bot of another channel tells of that one only', async () => {
    const teams = senderAt(SERVICE, { channelId: 'msteams' });
    const token = await microsoft.sign(claims());
    expect(await reading(token, hello({ channelId: 'msteams' }), teams)).toMatchObject({
      events: [{ kind: 'started', address }],
    });
    expect(await reading(token, hello(), teams)).toEqual({
      authentic: true,
      events: [],
      foreign: true,
    });
  });

  it('is the same activity only with the same id in the same conversation', async () => {
    const token = await microsoft.sign(claims());
    const dedupe = async (more: object, bot = sender): Promise<string> => {
      const read = await reading(token, hello(more), bot);
      return read.authentic ? read.events[0]!.dedupe : '';
    };
    const first = await dedupe({});
    expect(await dedupe({ text: 'Hello again', timestamp: '2026-12-01T09:00:00Z' })).toBe(first);
    const others = [
      await dedupe({ id: 'a2' }),
      await dedupe({ conversation: { id: '29:bob' } }),
      await dedupe({}, { ...sender, id: 'bot-2' }),
      await dedupe({ id: undefined, timestamp: '2026-12-01T09:00:00Z' }),
      await dedupe({ id: undefined, timestamp: '2026-12-01T09:00:01Z' }),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });
});

describe('the keys', () => {
  it('are read once for many calls that come together', async () => {
    const token = await microsoft.sign(claims());
    const believed = await Promise.all(Array.from({ length: 20 }, () => isBelieved(token)));
    expect(believed).toEqual(Array.from({ length: 20 }, () => true));
    expect(microsoft.keyReads()).toBe(1);
  });

  it('are read again for one that is new, but not at every call', async () => {
    expect(await isBelieved(await microsoft.sign(claims()))).toBe(true);
    await microsoft.publish('second');
    const token = await microsoft.sign(claims(), 'second');
    expect(await isBelieved(token)).toBe(false);
    expect(microsoft.keyReads()).toBe(1);
    now += 30_000;
    expect(await isBelieved(token)).toBe(true);
    expect(microsoft.keyReads()).toBe(2);
  });

  it('are forgotten within a day of being withdrawn', async () => {
    const token = await microsoft.sign(claims({ exp: NOW / 1000 + 10 * 86_400 }));
    expect(await isBelieved(token)).toBe(true);
    await microsoft.publish('second', {}, true);
    now += 23 * 3_600_000;
    expect(await isBelieved(token)).toBe(true);
    now += 3_600_000;
    expect(await isBelieved(token)).toBe(false);
  });

  it('serve on for some days while Microsoft does not tell them; then the caller is asked to come again', async () => {
    const token = await microsoft.sign(claims({ exp: NOW / 1000 + 10 * 86_400 }));
    expect(await isBelieved(token)).toBe(true);
    microsoft.beAway(true);
    now += 4 * 86_400_000;
    expect(await isBelieved(token)).toBe(true);
    now += 86_400_000;
    await expect(isBelieved(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    microsoft.beAway(false);
    now += 5_000;
    expect(await isBelieved(token)).toBe(true);
  });

  it('of other kinds do no harm', async () => {
    await microsoft.publish('elliptic', { kty: 'EC' });
    await microsoft.publish('broken', { n: '!', e: 5 });
    expect(await isBelieved(await microsoft.sign(claims(), 'elliptic'))).toBe(false);
    expect(await isBelieved(await microsoft.sign(claims(), 'broken'))).toBe(false);
    expect(await isBelieved(await microsoft.sign(claims()))).toBe(true);
  });
});

describe('without an address of keys', () => {
  let lost: SkypeConnector;
  beforeAll(() => {
    lost = openSkype({ loginUrl: 'x', openIdUrl: 'nowhere' } as Microsoft);
  });
  afterAll(() => lost.close());

  it('nobody is believed, and who might be true is asked to come again', async () => {
    const token = await microsoft.sign(claims());
    const reading = lost.readWebhook(sender, callWith(hello(), token));
    await expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const bare = await lost.readWebhook(sender, callWith(hello(), undefined));
    expect(bare).toEqual({ authentic: false });
  });
});
