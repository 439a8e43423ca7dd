import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import fc from 'fast-check';
import { FacebookConnector } from '../index.ts';

interface Template {
  readonly template_type: string;
  readonly text?: string;
  readonly buttons?: readonly object[];
  readonly elements?: readonly { readonly title: string; readonly subtitle?: string }[];
}
interface Message {
  readonly text?: string;
  readonly metadata: string;
  readonly attachment?: { readonly type: string; readonly payload: Template };
}

const connector = new FacebookConnector({ version: '1.0.0' });
type Values = Readonly<Record<string, string>>;
const rendered = (elements: readonly Element[], variables: Values = {}, assets: Values = {}) =>
  connector
    .compile(elements, assets)
    .render(someTarget('5', variables))
    .map(({ body }) => (JSON.parse(body) as { readonly message: Message }).message);
const text = (written: string, variables?: Values) =>
  rendered([{ type: 'text', text: written }], variables)[0]!.text;

const { refOf, linkOf } = someTarget('5');
const press: Button = { kind: 'message', label: 'Remind me', payload: '' };
const link: Button = { kind: 'link', label: 'Open', url: 'https://a.b' };
const buy: Button = { kind: 'buy', label: 'Buy', url: 'https://a.b/cart' };

describe('a text', () => {
  it.each([
    ['**bold** *it* ~~gone~~ `code`', 'bold it gone code'],
    ['[the shop](https://a.b/c) and <https://a.b>', 'the shop (https://a.b/c) and https://a.b'],
    ['**[a](https://a.b)**!', 'a (https://a.b)!'],
    ['Hi {{name | you}}!', 'Hi you!'],
    [String.raw`\*no\* 2\*3`, '*no* 2*3'],
  ])('%j is written as %j', (written, shown) => {
    expect(text(written)).toBe(shown);
  });

  it('never grows longer than Messenger takes, whatever the values are', () => {
    const content: readonly Element[] = [
      { type: 'text', text: 'Hi {{a}}, {{b}} and **bye**' },
      { type: 'text', text: 'Hi {{a}}, {{b}} and **bye**', buttons: [press] },
      { type: 'gallery', cards: [{ url: 'https://a.b/c.jpg', title: '{{a | x}}', text: '{{b}}' }] },
    ];
    const value = fc.string({
      unit: fc.constantFrom('界', '"', '\\', '\n', '😀', 'a'),
      maxLength: 3000,
    });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [plain, over, gallery] = rendered(content, { a, b });
        const [card] = gallery!.attachment!.payload.elements!;
        expect(plain!.text!.length).toBeLessThanOrEqual(2000);
        expect(plain!.text).toMatch(/^Hi [^]* and bye$/);
        expect(over!.attachment!.payload.text!.length).toBeLessThanOrEqual(640);
        expect(card!.title.length).toBeLessThanOrEqual(80);
        expect(card!.subtitle?.length ?? 1).toBeLessThanOrEqual(80);
        expect(card!.subtitle).not.toBe('');
      }),
      { numRuns: 50 },
    );
  });

  it('stands over its buttons in a button template', () => {
    expect(rendered([{ type: 'text', text: '**Sale**', buttons: [link, press, buy] }])).toEqual([
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'Sale',
            buttons: [
              { type: 'web_url', title: 'Open', url: linkOf(0) },
              { type: 'postback', title: 'Remind me', payload: `c:${refOf(1)}` },
              { type: 'web_url', title: 'Buy', url: linkOf(2) },
            ],
          },
        },
        metadata: '1000',
      },
    ]);
  });
});

describe('a file', () => {
  const assets = {
    'media:7': JSON.stringify({ image: '177', file: '178', card: 'https://c.d/media/7' }),
    'url:https://a.b/v.mp4': JSON.stringify({ video: '200' }),
    'url:https://a.b/a.ogg': JSON.stringify({ audio: '300' }),
  };
  const attachments = (elements: readonly Element[]) =>
    rendered(elements, {}, assets).map(({ attachment, text: words }) => attachment ?? words);

  it('is the attachment that was uploaded for its kind', () => {
    expect(
      attachments([
        { type: 'image', media: '7' },
        { type: 'file', media: '7' },
        { type: 'video', url: 'https://a.b/v.mp4' },
        { type: 'audio', url: 'https://a.b/a.ogg' },
        { type: 'voice', url: 'https://a.b/a.ogg' },
      ]),
    ).toEqual([
      { type: 'image', payload: { attachment_id: '177' } },
      { type: 'file', payload: { attachment_id: '178' } },
      { type: 'video', payload: { attachment_id: '200' } },
      { type: 'audio', payload: { attachment_id: '300' } },
      { type: 'audio', payload: { attachment_id: '300' } },
    ]);
  });

  it('has its words behind it, since it carries none, and its buttons under them', () => {
    expect(
      attachments([
        { type: 'image', media: '7', caption: 'For **you**' },
        { type: 'video', url: 'https://a.b/v.mp4', caption: 'Look', buttons: [press] },
        { type: 'file', media: '7', buttons: [press] },
      ]),
    ).toEqual([
      { type: 'image', payload: { attachment_id: '177' } },
      'For you',
      { type: 'video', payload: { attachment_id: '200' } },
      {
        type: 'template',
        payload: expect.objectContaining({ template_type: 'button', text: 'Look' }),
      },
      { type: 'file', payload: { attachment_id: '178' } },
      {
        type: 'template',
        payload: expect.objectContaining({ template_type: 'button', text: '👇' }),
      },
    ]);
  });

  it('has its buttons right under it where it is a picture or a video without words', () => {
    expect(
      attachments([
        { type: 'image', media: '7', buttons: [press] },
        { type: 'video', url: 'https://a.b/v.mp4', buttons: [link] },
      ]),
    ).toEqual([
      {
        type: 'template',
        payload: {
          template_type: 'media',
          elements: [
            {
              media_type: 'image',
              attachment_id: '177',
              buttons: [{ type: 'postback', title: 'Remind me', payload: `c:${refOf(0)}` }],
            },
          ],
        },
      },
      {
        type: 'template',
        payload: {
          template_type: 'media',
          elements: [
            {
              media_type: 'video',
              attachment_id: '200',
              buttons: [{ type: 'web_url', title: 'Open', url: linkOf(1) }],
            },
          ],
        },
      },
    ]);
  });

  it('is a card among others by its address', () => {
    const cards: readonly GalleryCard[] = [
      { media: '7', title: 'Shoes', text: 'from **{{price | 10}}**', buttons: [press, link] },
      { url: 'https://a.b/c.jpg', text: 'Only {{price}}', buttons: [buy] },
      { url: 'https://a.b/d.jpg', title: 'Hats', text: '{{price}}' },
    ];
    expect(rendered([{ type: 'gallery', cards }], {}, assets)).toEqual([
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'generic',
            elements: [
              {
                title: 'Shoes',
                subtitle: 'from 10',
                image_url: 'https://c.d/media/7',
                buttons: [
                  { type: 'postback', title: 'Remind me', payload: `c:${refOf(0)}` },
                  { type: 'web_url', title: 'Open', url: linkOf(1) },
                ],
              },
              {
                title: 'Only ',
                image_url: 'https://a.b/c.jpg',
                buttons: [{ type: 'web_url', title: 'Buy', url: linkOf(2) }],
              },
              { title: 'Hats', image_url: 'https://a.b/d.jpg' },
            ],
          },
        },
        metadata: '1000',
      },
    ]);
  });
});

describe('a request', () => {
  it('carries the key of its part, and nothing of the person’s address', () => {
    const compiled = connector.compile(
      [
        { type: 'text', text: 'Hi, **all**' },
        { type: 'text', text: 'Bye' },
      ],
      {},
    );
    const bodies = ['5', '"6'].map((address) => compiled.render(someTarget(address)));
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).toEqual([
      {
        method: 'me/messages',
        body: '{"messaging_type":"UPDATE","message":{"text":"Hi, all","metadata":"1000"}}',
      },
      {
        method: 'me/messages',
        body: '{"messaging_type":"UPDATE","message":{"text":"Bye","metadata":"1001"}}',
      },
    ]);
  });
});
