import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../testing/gateway-world.ts';

interface Message {
  readonly elementCounts: Readonly<Record<string, number>>;
  readonly composed: { readonly at: string; readonly actor: string } | null;
  readonly speed: number;
  readonly warnings: readonly { readonly path: string; readonly code: string }[];
}

interface Shown extends Message {
  readonly id: string;
  readonly row?: Message;
}

const say = (text: string) => ({ type: 'text', text });
const image = { type: 'image', url: 'https://shop.example/a.jpg' };

describe('a message over several channels', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({ channels: ['telegram', 'vk'] });
  });
  afterAll(() => world.close());

  const read = async (method: 'GET' | 'PUT', url: string, body?: object): Promise<Message> => {
    const reply = await world.ask(method, url, body === undefined ? {} : { body });
    expect(reply.statusCode).toBe(200);
    return JSON.parse(reply.body) as Message;
  };
  const compose = (id: string, message: object) =>
    read('PUT', `/v1/broadcasts/${id}/message`, message);
  /** The broadcast's row as the table, the report and the broadcast itself show it. */
  const rows = async (id: string): Promise<readonly Message[]> => {
    const read = async (url: string) => JSON.parse((await world.ask('GET', url)).body) as Shown;
    const { items } = (await read('/v1/broadcasts?limit=100')) as { items?: readonly Shown[] };
    const listed = items?.find((row) => row.id === id);
    const { row } = await read(`/v1/broadcasts/${id}/report`);
    return [listed, row, await read(`/v1/broadcasts/${id}`)].filter((one) => one !== undefined);
  };
  const empty = async (): Promise<string> => (await world.ask('POST', '/v1/broadcasts')).json().id;

  it('is one for all while it is synchronised, and follows every edit', async () => {
    const id = await empty();
    const first = await compose(id, { synchronised: true, elements: [say('one')] });
    expect(first.elementCounts).toEqual({ telegram: 1, vk: 1 });
    const second = await compose(id, { synchronised: true, elements: [say('one'), say('two')] });
    expect(second.elementCounts).toEqual({ telegram: 2, vk: 2 });
  });

  it('is what each channel has of its own when it is not', async () => {
    const id = await empty();
    const channels = { vk: { elements: [say('one'), say('two')] } };
    const own = await compose(id, { synchronised: false, elements: [], channels });
    expect(own.elementCounts).toEqual({ telegram: 0, vk: 2 });
    const preview = await world.ask('GET', `/v1/broadcasts/${id}/preview`);
    expect(preview.json().channels).toHaveLength(1);
  });

  it('warns of elements that no channel shows', async () => {
    const id = await empty();
    const { warnings } = await compose(id, { synchronised: false, elements: [say('for nobody')] });
    expect(warnings).toMatchObject([{ path: 'elements', code: 'ELEMENTS_NOT_SHOWN' }]);
  });

  it('passes on what a channel would rather have, when it is written and in the forecast', async () => {
    const id = await empty();
    const common = await compose(id, { synchronised: true, elements: [image] });
    expect(common.warnings).toMatchObject([{ path: 'elements[0].url', code: 'vk_image_outside' }]);
    const channels = { vk: { elements: [say('Look'), image] } };
    const own = await compose(id, { synchronised: true, elements: [image], channels });
    expect(own.warnings).toMatchObject([
      { path: 'channels.vk.elements[1].url', code: 'vk_image_outside' },
    ]);
    const forecast = await read('GET', `/v1/broadcasts/${id}/forecast`);
    expect(forecast.warnings).toContainEqual(
      expect.objectContaining({
        path: 'message.channels.vk.elements[1].url',
        code: 'vk_image_outside',
      }),
    );
  });

  it('tells who wrote it last and when, and how much each channel shows, wherever a row is', async () => {
    const id = await empty();
    await world.app.listen(0, '127.0.0.1');
    const live = await fetch(`${await world.app.getUrl()}/v1/broadcasts/${id}/events`, {
      headers: { authorization: `Bearer ${world.tokens.analyst}` },
      signal: AbortSignal.timeout(20_000),
    });
    await expect(rows(id)).resolves.toMatchObject(
      Array.from({ length: 3 }, () => ({ composed: null, elementCounts: {} })),
    );
    await compose(id, { synchronised: true, elements: [say('one')] });
    await world.ask('PUT', `/v1/broadcasts/${id}/message`, {
      as: 'admin',
      body: {
        synchronised: true,
        elements: [say('other')],
        channels: { vk: { elements: [say('own'), say('more')] } },
      },
    });
    await world.ask('PUT', `/v1/broadcasts/${id}/settings`, { body: { speed: 3 } });
    const { items } = JSON.parse((await world.ask('GET', `/v1/broadcasts/${id}/history`)).body) as {
      readonly items: readonly { readonly what: string; readonly at: string }[];
    };
    const at = items.findLast(({ what }) => what === 'MessageComposed')?.at;
    const shown = {
      composed: { actor: 'the admin', at },
      elementCounts: { telegram: 1, vk: 2 },
      speed: 3,
    };
    await expect(rows(id)).resolves.toMatchObject([shown, shown, shown]);
    await expect(newestIn(live, 3)).resolves.toMatchObject(shown);
  });
});

/** The first row of a live stream that has this speed. */
const newestIn = async (live: Response, speed: number): Promise<Message | undefined> => {
  let text = '';
  for await (const chunk of live.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const told = [...text.matchAll(/^data: (.*)\n\n/gm)].map(
      ([, row = '']) => JSON.parse(row) as Message,
    );
    const found = told.find((row) => row.speed === speed);
    if (found) return found;
  }
  return undefined;
};
