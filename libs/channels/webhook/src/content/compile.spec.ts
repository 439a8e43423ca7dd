import { afterAll, describe, expect, it } from '@jest/globals';
import type { MediaReader, Part } from '@crier/connector';
import { someTarget } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { WebhookConnector } from '../index.ts';
import { GOOD, senderAt } from '../testing/webhook-facts.ts';

const connector = new WebhookConnector({ version: '1.0.0' });
afterAll(() => connector.close());

const target = someTarget('ann');
const bodyOf = ({ body }: Part) => JSON.parse(body) as Readonly<Record<string, unknown>>;
const messagesOf = (elements: readonly Element[], assets = {}) =>
  connector
    .compile(elements, assets)
    .render(target)
    .map((part) => bodyOf(part)['message']);
const rich = (plain: string, markdown = plain) => ({ plain, markdown });
const buttonsFrom = (first: number) => [
  { kind: 'link', label: 'See the sale', url: target.linkOf(first) },
  { kind: 'message', label: 'Remind Ann', payload: `c:${target.refOf(first + 1)}` },
  { kind: 'buy', label: 'Buy now', url: target.linkOf(first + 2) },
];

describe('a message', () => {
  it('is of one element each, with everything in it', () => {
    expect(messagesOf(GOOD)).toEqual([
      {
        type: 'text',
        text: rich('Hi Ann, it ends tonight.', 'Hi Ann, it ends **tonight**.'),
        buttons: buttonsFrom(0),
      },
      {
        type: 'image',
        url: 'https://shop.example/a.jpg',
        caption: rich('For Ann', '_For_ Ann'),
        buttons: buttonsFrom(3),
      },
      { type: 'video', url: 'https://shop.example/a.mp4' },
      { type: 'audio', url: 'https://shop.example/a.mp3', caption: rich('Listen') },
      { type: 'voice', url: 'https://shop.example/a.ogg' },
      { type: 'file', url: 'https://shop.example/a.pdf' },
      {
        type: 'gallery',
        cards: [
          {
            url: 'https://shop.example/b.jpg',
            title: 'Shoes',
            text: rich('from 10', 'from **10**'),
            buttons: buttonsFrom(6),
          },
          { url: 'https://shop.example/c.png?x=1', title: 'Hats' },
        ],
      },
    ]);
  });

  it('carries the key of its part, and nothing of the person, until it leaves', () => {
    const parts = connector.compile([{ type: 'video', url: 'https://a.b/c.mp4' }], {});
    const render = (address: string) => parts.render(someTarget(address)).map(bodyOf);
    expect(render('ann')).toEqual(render('bob'));
    expect(render('ann')).toMatchObject([{ key: 1_000 }]);
  });

  it('stays below 256 kB, whatever it holds', () => {
    const times = <T>(count: number, one: T): readonly T[] =>
      Array.from({ length: count }, () => one);
    const wide = '{{a | x}}';
    const button: Button = { kind: 'buy', label: wide, url: 'https://a.b' };
    const far = `https://a.b/${'x'.repeat(1900)}`;
    const elements: readonly Element[] = [
      { type: 'text', text: wide, buttons: times(10, button) },
      {
        type: 'gallery',
        cards: times(10, { url: far, title: wide, text: wide, buttons: times(10, button) }),
      },
    ];
    expect(connector.check(elements)).toEqual([]);
    for (const character of ['*', '"', '\\', '界', '\n_'])
      for (const { body } of connector
        .compile(elements, {})
        .render(someTarget('ann', { a: character.repeat(12_000) })))
        expect(Buffer.byteLength(body)).toBeLessThan(256_000);
  });

  it('bears what nobody has checked', () => {
    const unchecked = [
      { type: 'text', text: '' },
      { type: 'image', media: 'gone', caption: '{{' },
      { type: 'gallery', cards: [] },
      { type: 'hologram', url: 'x' },
    ] as unknown as readonly Element[];
    expect(messagesOf(unchecked)).toEqual([
      { type: 'text', text: rich('') },
      { type: 'image', url: '', caption: rich('{{') },
      { type: 'gallery', cards: [] },
      { type: 'hologram', url: 'x' },
    ]);
  });
});

describe('preparing', () => {
  const media: MediaReader = {
    find: (id) =>
      Promise.resolve(
        id === 'gone' ? undefined : { name: `${id}.png`, contentType: 'image/png', bytes: 3 },
      ),
    open: () => Promise.resolve(undefined),
    urlOf: (id, name = '') => `https://crier.example/media/${id}/${name}`,
  };
  const prepare = (elements: readonly Element[], known = {}) =>
    connector.prepare(senderAt('https://shop.example'), elements, media, known);

  it('gives uploads their public addresses, once', async () => {
    const elements: readonly Element[] = [
      { type: 'image', media: 'cat' },
      { type: 'gallery', cards: [{ media: 'dog' }, { url: 'https://a.b/c.png' }] },
    ];
    const assets = await prepare(elements, { 'media:cat': 'https://known.example/cat' });
    expect(assets).toEqual({
      'media:cat': 'https://known.example/cat',
      'media:dog': 'https://crier.example/media/dog/dog.png',
    });
    expect(messagesOf(elements, assets)).toEqual([
      { type: 'image', url: assets['media:cat'] },
      { type: 'gallery', cards: [{ url: assets['media:dog'] }, { url: 'https://a.b/c.png' }] },
    ]);
  });

  it('refuses an upload that is not there', async () => {
    await expect(prepare([{ type: 'image', media: 'gone' }])).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });

  it('refuses content that no gateway has looked at and nobody is to get', async () => {
    await expect(prepare([{ type: 'text', text: '{{name}}' }])).rejects.toMatchObject({
      code: 'CONTENT_UNFIT',
      verdict: 'park',
      context: { problem: 'text_empty' },
    });
  });
});
