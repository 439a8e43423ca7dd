import { describe, expect, it } from '@jest/globals';
import type { Element } from '@crier/contracts';
import { someTarget } from '@crier/connector/testing';
import fc from 'fast-check';
import { TelegramConnector } from '../index.ts';

interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}
interface Body {
  readonly chat_id: number | string;
  readonly text: string;
  readonly entities?: readonly Entity[];
  readonly caption?: string;
  readonly caption_entities?: readonly Entity[];
  readonly media: readonly Readonly<Record<string, unknown>>[];
  readonly reply_markup?: { readonly inline_keyboard: readonly unknown[] };
}

const connector = new TelegramConnector({ version: '1.0.0' });
const rendered = (
  elements: readonly Element[],
  variables: Readonly<Record<string, string>> = {},
  { address = '5', assets = {} }: { address?: string; assets?: Record<string, string> } = {},
) =>
  connector
    .compile(elements, assets)
    .render(someTarget(address, variables))
    .map(({ method, body }) => ({ method, body: JSON.parse(body) as Body, json: body }));
const text = (written: string, variables?: Readonly<Record<string, string>>) =>
  rendered([{ type: 'text', text: written }], variables)[0]!.body;

describe('the chat', () => {
  it.each([
    ['987654321', '987654321'],
    ['-1001234567890', '-1001234567890'],
    ['90071992547409931', '"90071992547409931"'],
    ['007', '"007"'],
    ['@channel', '"@channel"'],
    ['5,"text":"x"', String.raw`"5,\"text\":\"x\""`],
  ])('%s is sent as %s', (address, written) => {
    const [part] = rendered([{ type: 'text', text: 'x' }], {}, { address });
    expect(part!.json).toBe(`{"chat_id":${written},"text":"x"}`);
  });
});

describe('a text', () => {
  it('has its styles as entities, in UTF-16 units', () => {
    expect(text('😀 **{{name}}** [*a*](https://a.b) `c`', { name: '👩‍👧 _x_' })).toEqual({
      chat_id: 5,
      text: '😀 👩‍👧 _x_ a c',
      entities: [
        { type: 'bold', offset: 3, length: 9 },
        { type: 'text_link', offset: 13, length: 1, url: 'https://a.b' },
        { type: 'italic', offset: 13, length: 1 },
        { type: 'code', offset: 15, length: 1 },
      ],
    });
  });

  it('has no entity where a variable is empty', () => {
    expect(text('a **{{name}}**', {})).toEqual({ chat_id: 5, text: 'a ' });
  });

  it('stays within 4096 units whatever the values, and keeps the operator’s words', () => {
    const body = text('Hi {{a}}, **{{b}}** and bye', { a: 'Ann', b: '😀'.repeat(5000) });
    expect(body.text.length).toBeLessThanOrEqual(4096);
    expect(body.text).toMatch(/^Hi Ann, 😀+… and bye$/u);
    expect(body.entities).toEqual([{ type: 'bold', offset: 8, length: body.text.length - 16 }]);
  });

  it('is a valid request with entities inside the text, whatever the values', () => {
    const compiled = connector.compile(
      [{ type: 'text', text: '**{{a | x}}** *b {{b}}* [{{c}}](https://a.b) `{{a}}` ~~{{b}}~~.' }],
      {},
    );
    const value = fc.string({ unit: 'binary', maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [part] = compiled.render(someTarget('5', { a, b, c }));
        const body = JSON.parse(part!.body) as Body;
        expect(Object.keys(body)).toEqual(['chat_id', 'text', 'entities']);
        expect(body.text.length).toBeLessThanOrEqual(4096);
        expect(/\p{Cs}/u.test(body.text)).toBe(false);
        for (const { offset, length } of body.entities ?? [])
          expect(offset >= 0 && length > 0 && offset + length <= body.text.length).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a gallery', () => {
  const cards = [
    { media: 'm1', title: 'Shoes', text: 'from *{{price | 10}}*' },
    { url: 'https://a.b/c.mp4' },
  ];
  const assets = { 'media:m1': 'document:D video:V' };

  it('is an album with captions', () => {
    const [album, ...more] = rendered([{ type: 'gallery', cards }], {}, { assets });
    expect(more).toEqual([]);
    expect(album).toMatchObject({ method: 'sendMediaGroup' });
    expect(album!.body.media).toEqual([
      {
        type: 'video',
        media: 'V',
        caption: 'Shoes\nfrom 10',
        caption_entities: [
          { type: 'bold', offset: 0, length: 5 },
          { type: 'italic', offset: 11, length: 2 },
        ],
      },
      { type: 'video', media: 'https://a.b/c.mp4' },
    ]);
  });

  const press = [{ kind: 'message' as const, label: 'Take', payload: '' }];
  it.each([
    [
      [
        { ...cards[0]!, buttons: press },
        { ...cards[1]!, buttons: press },
      ],
      'Shoes',
    ],
    [[cards[0]!, { ...cards[1]!, buttons: press }], '👇'],
  ])('has its buttons in a message behind it', (withButtons, caption) => {
    const parts = rendered([{ type: 'gallery', cards: withButtons }], {}, { assets });
    expect(parts.map(({ method }) => method)).toEqual(['sendMediaGroup', 'sendMessage']);
    expect(parts[1]!.body.text).toBe(caption);
    expect(parts[1]!.body.reply_markup!.inline_keyboard).toHaveLength(
      withButtons.filter((card) => 'buttons' in card).length,
    );
  });
});

describe('buttons', () => {
  it('stand one in a row and are numbered through the whole content', () => {
    const buttons = [
      { kind: 'link' as const, label: '"A"', url: 'https://a.b' },
      { kind: 'message' as const, label: 'B', payload: 'b' },
    ];
    const parts = rendered([
      { type: 'text', text: 'x', buttons },
      { type: 'image', media: 'm', buttons },
    ]);
    const { refOf, linkOf } = someTarget('5');
    expect(parts[1]!.body.reply_markup).toEqual({
      inline_keyboard: [
        [{ text: '"A"', url: linkOf(2) }],
        [{ text: 'B', callback_data: `c:${refOf(3)}` }],
      ],
    });
    expect(Buffer.byteLength(`c:${refOf(3)}`)).toBeLessThanOrEqual(64);
  });
});
