import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { SKYPE_IS_OFF, SkypeConnector } from '../index.ts';

interface Body {
  readonly text?: string;
  readonly attachmentLayout?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content?: object }[];
}

const connector = new SkypeConnector({ version: '1.0.0' });
const rendered = (
  elements: readonly Element[],
  variables: Readonly<Record<string, string>> = {},
  by = connector,
) =>
  by
    .compile(elements, {})
    .render(someTarget('29:ann', variables))
    .map(({ body }) => JSON.parse(body) as Body);

const HERO = 'application/vnd.microsoft.card.hero';
const press: Button = { kind: 'message', label: 'Remind me', payload: 'remind' };
const link: Button = { kind: 'link', label: 'Open', url: 'https://a.b' };
const { refOf, linkOf } = someTarget('29:ann');

describe('an element', () => {
  it('of text is a message in Markdown', () => {
    expect(rendered([{ type: 'text', text: 'Hi **{{a}}**' }], { a: '*Ann*' })).toEqual([
      { type: 'message', text: String.raw`Hi **\*Ann\***`, textFormat: 'markdown' },
    ]);
  });

  it('of text with buttons has a card of them', () => {
    expect(rendered([{ type: 'text', text: 'Hi', buttons: [link, press] }])).toEqual([
      {
        type: 'message',
        text: 'Hi',
        textFormat: 'markdown',
        attachmentLayout: 'list',
        attachments: [
          {
            contentType: HERO,
            content: {
              buttons: [
                { type: 'openUrl', title: 'Open', value: linkOf(0) },
                { type: 'postBack', title: 'Remind me', value: `c:${refOf(1)}` },
              ],
            },
          },
        ],
      },
    ]);
  });

  it('of a picture is the picture, and a card of it where it has buttons', () => {
    const url = 'https://a.b/d/c%20d.png?x=1';
    const picture = { contentType: 'image/png', contentUrl: url, name: 'c d.png' };
    expect(rendered([{ type: 'image', url, caption: '_Hi_' }])).toMatchObject([
      { text: '*Hi*', textFormat: 'markdown', attachments: [picture] },
    ]);
    expect(rendered([{ type: 'image', url, buttons: [press] }])).toMatchObject([
      {
        attachments: [
          { contentType: HERO, content: { images: [{ url }], buttons: [{ title: 'Remind me' }] } },
        ],
      },
    ]);
  });

  it.each([
    ['video', 'https://a.b/c.mp4', 'video/mp4', 'c.mp4'],
    ['audio', 'https://a.b/c.M4A', 'audio/mp4', 'c.M4A'],
    ['voice', 'https://a.b/c', 'audio/ogg', 'c.ogg'],
    ['file', 'https://a.b/', 'application/octet-stream', 'file.bin'],
    ['file', 'https://a.b/100%.toString', 'application/octet-stream', '100%.toString'],
    ['image', 'https://a.b/show?id=5', 'image/jpeg', 'show.jpg'],
  ] as const)('of %s at %s is a %s', (type, url, contentType, name) => {
    const file = { contentType, contentUrl: url, name };
    expect(rendered([{ type, url }])[0]!.attachments).toEqual([file]);
    if (type === 'image') return;
    const [{ attachments } = {}] = rendered([{ type, url, buttons: [press] }]);
    expect(attachments).toMatchObject([file, { contentType: HERO }]);
  });

  it('of a gallery is a carousel, whose cards keep their buttons and say their words plainly', () => {
    const elements: readonly Element[] = [
      { type: 'text', text: 'x', buttons: [press] },
      {
        type: 'gallery',
        cards: [
          {
            url: 'https://a.b/c.jpg',
            title: '*{{a}}*',
            text: '**from** 10 [there](https://a.b), <https://c.d>',
            buttons: [link, press],
          },
          { url: 'https://a.b/d.jpg', buttons: [press] },
        ],
      },
    ];
    const [, gallery] = rendered(elements, { a: 'Shoes' });
    expect(gallery).toEqual({
      type: 'message',
      attachmentLayout: 'carousel',
      attachments: [
        {
          contentType: HERO,
          content: {
            title: '*Shoes*',
            text: 'from 10 there (https://a.b), https://c.d',
            images: [{ url: 'https://a.b/c.jpg' }],
            buttons: [
              { type: 'openUrl', title: 'Open', value: linkOf(1) },
              { type: 'postBack', title: 'Remind me', value: `c:${refOf(2)}` },
            ],
          },
        },
        {
          contentType: HERO,
          content: {
            images: [{ url: 'https://a.b/d.jpg' }],
            buttons: [{ type: 'postBack', title: 'Remind me', value: `c:${refOf(3)}` }],
          },
        },
      ],
    });
  });

  it('has buttons that Teams knows where the team asks for them', () => {
    const teams = new SkypeConnector({ version: '1', assumed: { press: 'messageBack' } });
    const [body] = rendered([{ type: 'text', text: 'x', buttons: [press] }], {}, teams);
    expect(body!.attachments![0]!.content).toEqual({
      buttons: [{ type: 'messageBack', title: 'Remind me', text: `c:${refOf(0)}` }],
    });
  });
});

describe('a message', () => {
  it('stays below the limit of a request, whatever the values', () => {
    const cards = Array.from({ length: 10 }, () => ({
      url: 'https://a.b/c.jpg',
      title: '{{a}}',
      text: '{{a}}',
      buttons: [link, press],
    }));
    const elements: readonly Element[] = [
      { type: 'text', text: '{{a | x}} **{{b}}** `{{c}}`', buttons: [link, press] },
      { type: 'gallery', cards },
    ];
    expect(connector.check(elements)).toEqual([]);
    for (const sign of ['\\', '界', '"', '\n*', '😀']) {
      const value = sign.repeat(9000);
      for (const body of rendered(elements, { a: value, b: value, c: value }))
        expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(26_500);
    }
  });
});

describe('the capabilities', () => {
  it('promise no receipts, and follow what the team assumes', () => {
    const { capabilities, batch } = new SkypeConnector({
      version: '7',
      assumed: { textLength: 100, rate: { standard: 1, most: 2 } },
    });
    expect(capabilities).toMatchObject({
      channel: 'skype',
      version: '7',
      reports: { delivered: false, opened: false },
      rate: { standard: 1, most: 2 },
      limits: { textLength: 100, captionLength: 100, buttonsPerMessage: 3, labelLength: 20 },
      idempotent: false,
    });
    expect(batch).toBe(1);
  });

  it('come with a sentence on why the channel is off', () => {
    expect(SKYPE_IS_OFF).toMatch(/5 May 2025.*off by default.*Teams/);
  });
});
