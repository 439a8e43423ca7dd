import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Capabilities, Element, MessageContent } from '@crier/contracts';
import { GatewayWorld } from '../testing/gateway-world.ts';
import type { Reply } from '../testing/reply.ts';

/** A channel that shows texts of 60 characters with one button, and nothing else; and one with audio and images too. */
const pigeon: Capabilities = {
  channel: 'pigeon',
  version: '1',
  reports: { delivered: false, opened: false },
  rate: { standard: 1, most: 1 },
  elements: ['text'],
  buttons: ['link'],
  limits: {
    textLength: 60,
    captionLength: 60,
    buttonsPerMessage: 1,
    labelLength: 20,
    galleryCards: { least: 1, most: 1 },
    mediaBytes: 1,
  },
  idempotent: false,
};
const parrot: Capabilities = {
  ...pigeon,
  channel: 'parrot',
  elements: ['text', 'image', 'audio'],
};

interface Exported {
  readonly revision: number;
  readonly elementCounts: Readonly<Record<string, number>>;
  readonly copied: readonly { to: string; element: number; as: readonly string[] }[];
  readonly refused: readonly {
    to: string;
    element: number;
    errors: readonly { path: string; code: string }[];
  }[];
}

const say = (text: string): Element => ({ type: 'text', text });
const photo: Element = {
  type: 'image',
  url: 'https://shop.example/a%20b/photo.jpg',
  caption: 'Look',
};

describe('exporting a message from one channel to others', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({
      channels: ['telegram', 'viber'],
      strangers: [pigeon, parrot],
    });
  });
  afterAll(() => world.close());

  const draft = async (channels: Readonly<Record<string, readonly Element[]>>) => {
    const own = Object.fromEntries(
      Object.entries(channels).map(([channel, elements]) => [channel, { elements }]),
    );
    const message = { synchronised: false, elements: [], channels: own };
    return world.sendable({ message });
  };
  const exporting = (id: string, body: object, headers = {}): Promise<Reply> =>
    world.ask('POST', `/v1/broadcasts/${id}/message/export`, { body, headers });
  const exported = (reply: Reply): Exported => JSON.parse(reply.body) as Exported;
  const shownOn = async (id: string, channel: string): Promise<readonly Element[]> => {
    const { message } = JSON.parse((await world.ask('GET', `/v1/broadcasts/${id}`)).body) as {
      readonly message: MessageContent;
    };
    return message.channels?.[channel]?.elements ?? [];
  };

  it('copies all elements behind what is there, to each of the channels', async () => {
    const { id } = await draft({ telegram: [say('one'), say('two')], viber: [say('mine')] });
    const reply = await exporting(id, { from: 'telegram', to: ['viber', 'pigeon'] });
    expect(reply.statusCode).toBe(200);
    expect(exported(reply)).toMatchObject({
      copied: [
        { to: 'viber', element: 0, as: ['text'] },
        { to: 'viber', element: 1, as: ['text'] },
        { to: 'pigeon', element: 0, as: ['text'] },
        { to: 'pigeon', element: 1, as: ['text'] },
      ],
      refused: [],
      elementCounts: { telegram: 2, viber: 3, pigeon: 2, parrot: 0 },
    });
    await expect(shownOn(id, 'viber')).resolves.toEqual([say('mine'), say('one'), say('two')]);
    await expect(shownOn(id, 'telegram')).resolves.toHaveLength(2);
  });

  it('copies the elements that are named', async () => {
    const { id } = await draft({ telegram: [say('one'), say('two'), say('three')] });
    await exporting(id, { from: 'telegram', to: ['viber'], elements: [2, 0] });
    await expect(shownOn(id, 'viber')).resolves.toEqual([say('one'), say('three')]);
  });

  it('turns what a channel lacks into its nearest equivalent, or into a text with a link', async () => {
    const elements: Element[] = [
      photo,
      { type: 'voice', url: 'https://shop.example/v.ogg' },
      {
        type: 'gallery',
        cards: [
          { url: 'https://shop.example/1.jpg', title: 'First', text: 'of all' },
          { url: 'https://shop.example/2.jpg' },
        ],
      },
    ];
    const { id } = await draft({ telegram: elements });
    const reply = exported(await exporting(id, { from: 'telegram', to: ['parrot', 'pigeon'] }));
    expect(reply.refused).toEqual([]);
    expect(reply.copied.map(({ to, as }) => [to, ...as])).toEqual([
      ['parrot', 'image'],
      ['parrot', 'audio'],
      ['parrot', 'image', 'image'],
      ['pigeon', 'text'],
      ['pigeon', 'text'],
      ['pigeon', 'text', 'text'],
    ]);
    await expect(shownOn(id, 'parrot')).resolves.toEqual([
      photo,
      { type: 'audio', url: 'https://shop.example/v.ogg' },
      { type: 'image', url: 'https://shop.example/1.jpg', caption: 'First\nof all' },
      { type: 'image', url: 'https://shop.example/2.jpg' },
    ]);
    await expect(shownOn(id, 'pigeon')).resolves.toEqual([
      say('Look\n\n[photo.jpg](<https://shop.example/a%20b/photo.jpg>)'),
      say('[v.ogg](<https://shop.example/v.ogg>)'),
      say('First\nof all\n\n[1.jpg](<https://shop.example/1.jpg>)'),
      say('[2.jpg](<https://shop.example/2.jpg>)'),
    ]);
  });

  it('links to uploads under their public address', async () => {
    const media = await uploaded();
    const { id } = await draft({ telegram: [{ type: 'file', media }] });
    await exporting(id, { from: 'telegram', to: ['pigeon'] });
    await expect(shownOn(id, 'pigeon')).resolves.toEqual([
      say(`[price\\_list.txt](<https://crier.example/v1/media/${media}>)`),
    ]);
  });

  const uploaded = async (): Promise<string> => {
    const boundary = 'x';
    const body = [
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="price_list.txt"',
      'content-type: text/plain',
      '',
      'Everything costs one coin.',
      `--${boundary}--`,
      '',
    ].join('\r\n');
    const reply = await world.ask('POST', '/v1/media', {
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    expect(reply.statusCode).toBe(201);
    return reply.json().id;
  };

  it('refuses with the reason and the place what cannot be shown, and copies the rest', async () => {
    const link = { kind: 'link', label: 'See', url: 'https://shop.example' } as const;
    const { id } = await draft({
      telegram: [
        say('x'.repeat(61)),
        { type: 'text', text: 'Two buttons', buttons: [link, link] },
        { ...photo, caption: 'y'.repeat(55) },
        say('fine'),
      ],
    });
    const reply = exported(await exporting(id, { from: 'telegram', to: ['pigeon'] }));
    expect(reply.copied).toEqual([{ to: 'pigeon', element: 3, as: ['text'] }]);
    expect(
      reply.refused.map(({ element, errors }) => [element, errors[0]?.path, errors[0]?.code]),
    ).toEqual([
      [0, 'elements[0].text', 'text_too_long'],
      [1, 'elements[1].buttons', 'too_many_buttons'],
      [2, 'elements[2].text', 'text_too_long'],
    ]);
    await expect(shownOn(id, 'pigeon')).resolves.toEqual([say('fine')]);
  });

  it('changes nothing where nothing can be copied', async () => {
    const { id, revision } = await draft({ telegram: [say('x'.repeat(61))] });
    const refused = await exporting(id, { from: 'telegram', to: ['pigeon'] });
    expect(refused.json()).toMatchObject({
      status: 422,
      code: 'CONTENT_NOT_SENDABLE',
      errors: [{ path: 'elements[0].text', code: 'text_too_long' }],
    });
    expect((await world.ask('GET', `/v1/broadcasts/${id}`)).json().revision).toBe(revision);
  });

  it('does not grow a channel beyond what it takes', async () => {
    const some = (count: number) => Array.from({ length: count }, (_, n) => say(`${n}`));
    const { id } = await draft({ telegram: some(2), viber: some(9), pigeon: some(50) });
    const one = exported(await exporting(id, { from: 'telegram', to: ['viber'] }));
    expect(one.copied).toHaveLength(1);
    expect(one.refused).toMatchObject([
      { element: 1, errors: [{ path: 'elements[1]', code: 'too_many_elements' }] },
    ]);
    const none = await exporting(id, { from: 'telegram', to: ['pigeon'] });
    expect(none.json().errors).toMatchObject([{ code: 'too_many_elements' }, {}]);
  });

  it('leaves alone a channel that follows the common elements', async () => {
    const message = {
      synchronised: true,
      elements: [say('for all')],
      channels: { viber: { elements: [say('for Viber')] } },
    };
    const { id } = await world.sendable({ message });
    const refused = await exporting(id, { from: 'viber', to: ['telegram'] });
    expect(refused.json().errors).toMatchObject([{ path: 'synchronised', code: 'FOLLOWS_COMMON' }]);
    const reply = exported(await exporting(id, { from: 'telegram', to: ['viber'] }));
    expect(reply.elementCounts).toMatchObject({ telegram: 1, viber: 2, parrot: 1 });
  });

  it('refuses channels and elements that are not there, each with its place', async () => {
    const { id } = await draft({ telegram: [say('one')] });
    const refused = await exporting(id, {
      from: 'telegram',
      to: ['telegram', 'viber', 'viber', 'dove'],
      elements: [0, 1],
    });
    expect(refused.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(refused.json().errors?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'to[3] UNKNOWN_CHANNEL',
      'to[0] SAME_CHANNEL',
      'to[2] REPEATED',
      'elements[1] UNKNOWN_ELEMENT',
    ]);
    const empty = await exporting(id, { from: 'viber', to: ['telegram'] });
    expect(empty.json()).toMatchObject({ status: 422, code: 'MESSAGE_MISSING' });
    const none = await world.ask('POST', '/v1/broadcasts');
    const missing = await exporting(none.json().id, { from: 'telegram', to: ['viber'] });
    expect(missing.json().code).toBe('MESSAGE_MISSING');
  });

  it('respects If-Match, and copies once for each idempotency key', async () => {
    const { id, revision } = await draft({ telegram: [say('one')] });
    const body = { from: 'telegram', to: ['viber'] };
    const stale = await exporting(id, body, { 'if-match': `"${revision - 1}"` });
    expect(stale.json()).toMatchObject({ status: 412, code: 'REVISION_MISMATCH' });
    const headers = { 'if-match': `"${revision}"`, 'idempotency-key': 'once' };
    const first = await exporting(id, body, headers);
    expect(first.headers.etag).toBe(`"${revision + 1}"`);
    const again = await exporting(id, body, headers);
    expect(exported(again)).toEqual(exported(first));
    await expect(shownOn(id, 'viber')).resolves.toEqual([say('one')]);
  });

  it('exports nothing into a broadcast that is under way', async () => {
    const { id } = await draft({ telegram: [say('one')] });
    await world.addContact('1');
    await world.ask('POST', `/v1/broadcasts/${id}/activate`, { body: { start: 'now' } });
    const refused = await exporting(id, { from: 'telegram', to: ['viber'] });
    expect(refused.json()).toMatchObject({ status: 409, code: 'NOT_EDITABLE' });
  });
});
