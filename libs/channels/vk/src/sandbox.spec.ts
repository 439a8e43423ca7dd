import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MediaReader, RenderTarget, SendResult } from '@crier/connector';
import { openServer, someTarget } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { Readable } from 'node:stream';
import { VkConnector } from './index.ts';
import { GROUP_ID, PEER } from './testing/peers.ts';
import { spawnSandbox } from './testing/spawn-sandbox.ts';
import { GOOD, TOKEN, senderAt } from './testing/vk-facts.ts';

const HELLO: readonly Element[] = [{ type: 'text', text: 'Hi {{name | all}}' }];

let sandbox: Awaited<ReturnType<typeof spawnSandbox>>;
let connector: VkConnector;
beforeAll(async () => {
  sandbox = await spawnSandbox();
  connector = new VkConnector({ version: '1.0.0', timeoutMs: 1500 });
  await sandbox.admin('PUT', `bots/${TOKEN}`, { name: 'Corner Shop', id: GROUP_ID });
});
beforeEach(async () => {
  await sandbox.admin('DELETE', 'trouble');
  await sandbox.admin('DELETE', 'record');
  await sandbox.admin('PUT', 'receipts', {});
});
afterAll(async () => {
  await connector.close();
  await sandbox.close();
});

const sender = (more?: Readonly<Record<string, string>>) => senderAt(sandbox.apiUrl, more);
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const counts = async () =>
  (await sandbox.admin('GET', 'counts')) as {
    readonly accepted: number;
    readonly distinctChats: number;
    readonly duplicates: number;
    readonly flooded: number;
    readonly otherCalls: Readonly<Record<string, number>>;
    readonly trouble: Readonly<Record<string, number>>;
  };
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => String(1_000 + index));
/** Sends one text to all in one turn. */
const sendTo = (
  addresses: readonly string[],
  variables: (address: string) => RenderTarget['variables'] = () => ({}),
): Promise<readonly SendResult[]> => {
  const compiled = connector.compile(HELLO, {});
  const from = sender();
  return Promise.all(
    addresses.map((address) =>
      connector.send(from, address, compiled.render(someTarget(address, variables(address)))[0]!),
    ),
  );
};
const distinctStarts = async () => {
  const times = (await sandbox.record()).map(({ at }) => at);
  return [...new Set(times)].sort((a, b) => a - b);
};

describe('sending', () => {
  it('brings every kind of element, its files uploaded before', async () => {
    const shop = await openServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end('png');
    });
    const media: MediaReader = {
      find: () => Promise.resolve({ name: 'a.ogg', contentType: 'audio/ogg', bytes: 3 }),
      open: () => Promise.resolve(Readable.from([Buffer.from('ogg')])),
      urlOf: (id) => `https://crier.example/media/${id}`,
    };
    const here = JSON.stringify(GOOD).replaceAll('https://shop.example', shop.url);
    const elements = JSON.parse(here) as readonly Element[];
    const assets = await connector.prepare(sender(), elements, media, {});
    await shop.close();

    const results = [];
    for (const part of connector.compile(elements, assets).render(someTarget(PEER)))
      results.push(await connector.send(sender(), PEER, part));
    const messages = await sandbox.messages(TOKEN, PEER);
    expect(results).toEqual(
      messages.map(({ message_id: id }) => ({ result: 'accepted', id: String(id) })),
    );
    const own = new RegExp(`^(photo|doc)-${GROUP_ID}_\\d+_\\w+$`);
    expect(messages).toMatchObject([
      { message: 'Hi Ann, it ends tonight.', keyboard: expect.stringContaining('callback') },
      { message: 'For Ann', attachment: 'photo-1_2' },
      { attachment: 'video-1_3' },
      { message: `Listen\n${shop.url}/a.mp3` },
      { attachment: expect.stringMatching(own) },
      { attachment: expect.stringMatching(own) },
      { message: 'Shoes · Hats', template: expect.stringContaining(`"photo_id":"-${GROUP_ID}_`) },
      { message: 'Shoes', attachment: 'photo-1_4,photo-1_5' },
    ]);
  });

  it('takes two requests for 2,501 people who are told the same, and each gets it once', async () => {
    const results = await sendTo(people(2501));
    expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['accepted']));
    expect(await counts()).toMatchObject({ accepted: 2501, distinctChats: 2501, duplicates: 0 });
    expect(await distinctStarts()).toHaveLength(2);
  });

  it('brings each their own text, 25 in a request, no faster than 18 requests a second', async () => {
    const to = people(500);
    await trouble([], { perSecond: 20 });
    const results = await sendTo(to, (address) => ({ name: `no. ${address}` }));
    expect(results.every(({ result }) => result === 'accepted')).toBe(true);
    expect(await sandbox.messages(TOKEN, to[321]!)).toMatchObject([{ message: 'Hi no. 1321' }]);
    const starts = await distinctStarts();
    expect(starts).toHaveLength(20);
    expect(starts.at(-1)! - starts[0]!).toBeGreaterThan((19 / 18) * 1000 - 100);
    expect(await counts()).toMatchObject({ accepted: 500, flooded: 0 });
  });

  it('lets what comes meanwhile join the next request', async () => {
    await Promise.all(
      people(60).map(async (address, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 3));
        return sendTo([address], () => ({ name: address }));
      }),
    );
    expect(await counts()).toMatchObject({ accepted: 60, distinctChats: 60 });
    expect((await distinctStarts()).length).toBeLessThan(10);
  });

  it('hears of each who was refused, and the others get their message', async () => {
    await trouble([
      { chat: '1001', do: { kind: 'blocked' } },
      { chat: 1002, do: { kind: 'error', code: 950 } },
      { chat: 1003, do: { kind: 'deactivated' } },
    ]);
    expect(await sendTo(people(5))).toMatchObject([
      { result: 'accepted' },
      { result: 'gone', status: 'unsubscribed' },
      { result: 'refused', reason: 'reply_timed_out' },
      { result: 'gone', status: 'disabled' },
      { result: 'accepted' },
    ]);
  });

  it('finds the one who spoils the call of a hundred; ninety-nine get their message once', async () => {
    await trouble([{ chat: '1063', do: { kind: 'error', code: 113 } }]);
    const results = await sendTo(people(100));
    const others = results.filter((_, index) => index !== 63);
    expect(results[63]).toMatchObject({ result: 'gone', reason: 'peer_unknown' });
    expect(new Set(others.map(({ result }) => result))).toEqual(new Set(['accepted']));
    expect(await counts()).toMatchObject({ accepted: 99, distinctChats: 99, duplicates: 0 });
  });

  it.each([['reset_after'], ['timeout_after'], ['bad_gateway']])(
    'is in doubt after %s, and the same parts again make no second message',
    async (kind) => {
      const rule = kind === 'bad_gateway' ? { kind, executed: true } : { kind };
      await trouble([{ do: rule }]);
      const to = people(30);
      const lost = await sendTo(to, (address) => ({ name: address }));
      expect(new Set(lost.map(({ result }) => result))).toEqual(new Set(['unknown']));
      await trouble([]);
      const again = await sendTo(to, (address) => ({ name: address }));
      const [{ message_id: id } = { message_id: 0 }] = await sandbox.messages(TOKEN, to[7]!);
      expect(again[7]).toEqual({ result: 'accepted', id: String(id) });
      expect(await counts()).toMatchObject({
        accepted: 30,
        duplicates: 0,
        trouble: { repeated: 30 },
      });
    },
  );

  it('slows the bot down where VK is asked too much', async () => {
    await trouble([{ do: { kind: 'error', code: 29 } }]);
    expect(await sendTo(['5'])).toMatchObject([{ result: 'later', pause: 'bot', grows: true }]);
    await trouble([{ do: { kind: 'flood' } }]);
    expect(await sendTo(['5', '6'])).toMatchObject([
      { result: 'later', pause: 'bot', afterMs: 1000 },
      { result: 'later', pause: 'bot', afterMs: 1000 },
    ]);
  });
});
