import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import fc from 'fast-check';
import { VkConnector, warnings } from '../index.ts';

interface SeenButton {
  readonly action: Readonly<Record<string, string>>;
  readonly color?: string;
}
interface Body {
  readonly random_id: number;
  readonly message?: string;
  readonly attachment?: string;
  readonly keyboard?: string;
  readonly template?: string;
}

const connector = new VkConnector({ version: '1.0.0' });
const rendered = (
  elements: readonly Element[],
  variables: Readonly<Record<string, string>> = {},
  assets: Readonly<Record<string, string>> = {},
) =>
  connector
    .compile(elements, assets)
    .render(someTarget('5', variables))
    .map(({ body }) => JSON.parse(body) as Body);
const text = (written: string, variables?: Readonly<Record<string, string>>) =>
  rendered([{ type: 'text', text: written }], variables)[0]!.message;
const press = (label: string): Button => ({ kind: 'message', label, payload: '' });
const link = (label: string): Button => ({ kind: 'link', label, url: 'https://a.b' });
const { refOf, linkOf } = someTarget('5');

describe('a text', () => {
  it.each([
    ['**bold** *it* ~~gone~~ `code`', 'bold it gone code'],
    ['[the shop](https://a.b/c) and <https://a.b>', 'the shop (https://a.b/c) and https://a.b'],
    ['**[a](https://a.b)**!', 'a (https://a.b)!'],
    ['Hi {{name | you}}, see [{{name | it}}](https://a.b)', 'Hi you, see it (https://a.b)'],
  ])('%j is written as %j', (written, shown) => {
    expect(text(written)).toBe(shown);
  });

  it('lets nobody be mentioned by a value', () => {
    expect(text('Hi {{name}}', { name: '[id1|Ann] @club5 *id7 (x) @ann [a|b]' })).toBe(
      'Hi [id1∣Ann] ＠club5 ∗id7 (x) @ann [a|b]',
    );
  });

  it('is cut where its values are long, never its own words', () => {
    const long = text('Hi {{a}} and [bye](https://a.b)', { a: 'x'.repeat(10_000) });
    expect(long).toHaveLength(9000);
    expect(long).toMatch(/^Hi x+… and bye \(https:\/\/a\.b\)$/);
  });
});

describe('a part', () => {
  const elements: readonly Element[] = [
    { type: 'text', text: 'Hi {{name | all}}', buttons: [press('A')] },
    { type: 'text', text: 'Bye' },
  ];

  it('is the same for all to whom the same is said, and carries the key of its place', () => {
    const compiled = connector.compile(elements, {});
    const [ann, bob, cid] = ['1', '2', '3'].map((address, index) =>
      compiled.render(someTarget(address, index === 2 ? { name: 'Cid' } : {})),
    );
    expect(ann).toEqual(bob);
    expect(ann![0]).not.toEqual(cid![0]);
    expect(ann![1]).toEqual(cid![1]);
    expect(rendered(elements).map(({ random_id: key }) => key)).toEqual([1000, 1001]);
    expect(ann!.map(({ method }) => method)).toEqual(['messages.send', 'messages.send']);
  });
});

describe('files', () => {
  const shown = (element: object, assets = {}) => {
    const [body] = rendered([element as Element], {}, assets);
    return { message: body!.message, attachment: body!.attachment };
  };

  it.each([
    ['an attachment', { type: 'image', url: 'photo-1_2_key' }, 'photo-1_2_key'],
    ['a link to a photo', { type: 'image', url: 'https://vk.com/photo-1_2?rev=1' }, 'photo-1_2'],
    [
      'a link to a photo on a wall',
      { type: 'image', url: 'https://m.vk.com/club1?z=photo-1_2%2Fwall-1_3' },
      'photo-1_2',
    ],
    ['a link to a video', { type: 'video', url: 'https://vk.ru/video-1_2' }, 'video-1_2'],
    ['a link to a song', { type: 'audio', url: 'https://vk.com/audio-1_2' }, 'audio-1_2'],
    ['a link to a document', { type: 'file', url: 'https://vk.com/doc-1_2?hash=x' }, 'doc-1_2'],
  ])('on VK are used as they are: %s', (_, element, attachment) => {
    expect(shown(element)).toEqual({ message: undefined, attachment });
  });

  it('are attached as they were prepared, one file in the form of each element', () => {
    const asset = {
      photo: 'photo-5_6_k',
      document: 'doc-5_7',
      voice: 'doc-5_8',
      link: 'https://c/7',
    };
    const assets = { 'media:7': JSON.stringify(asset) };
    const types = ['image', 'video', 'voice', 'file', 'audio'] as const;
    expect(types.map((type) => shown({ type, media: '7', caption: 'Look' }, assets))).toEqual([
      { message: 'Look', attachment: 'photo-5_6_k' },
      { message: 'Look', attachment: 'doc-5_7' },
      { message: 'Look', attachment: 'doc-5_8' },
      { message: 'Look', attachment: 'doc-5_7' },
      { message: 'Look\nhttps://c/7', attachment: undefined },
    ]);
  });

  it('elsewhere are not used as they are', () => {
    expect(shown({ type: 'image', url: 'https://example.com/photo-1_2' })).toEqual({
      message: 'https://example.com/photo-1_2',
      attachment: undefined,
    });
  });
});

describe('a keyboard', () => {
  const keyboard = (...buttons: readonly Button[]) => {
    const [body] = rendered([{ type: 'text', text: 'x', buttons }]);
    return JSON.parse(body!.keyboard!) as {
      readonly inline: boolean;
      readonly buttons: readonly (readonly SeenButton[])[];
    };
  };
  const labels = (...buttons: readonly Button[]) =>
    keyboard(...buttons).buttons.map((row) => row.map(({ action }) => action['label']));

  it('stands in the message; links open, and messages call back with a payload that is an object', () => {
    const { inline, buttons } = keyboard(link('Open'), press('Remind'), {
      kind: 'buy',
      label: 'Buy',
      url: 'https://a.b',
    });
    expect(inline).toBe(true);
    expect(buttons).toEqual([
      [{ action: { type: 'open_link', label: 'Open', link: linkOf(0) } }],
      [
        {
          action: { type: 'callback', label: 'Remind', payload: `{"press":"c:${refOf(1)}"}` },
          color: 'primary',
        },
      ],
      [{ action: { type: 'open_link', label: 'Buy', link: linkOf(2) } }],
    ]);
  });

  it('has a button a row up to six, and then joins the shortest', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map(press);
    expect(labels(...six)).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
    const long = 'x'.repeat(40);
    const eight = [long, '1', '2', long, long, '3', '4', long].map(press);
    expect(labels(...eight)).toEqual([...[[long], ['1', '2'], [long], [long], ['3', '4'], [long]]]);
  });

  it('never has more than six rows of five, whatever the labels', () => {
    const label = fc.integer({ min: 1, max: 40 }).map((length) => 'x'.repeat(length));
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 10 }), (given) => {
        const rows = labels(...given.map(press));
        expect(rows.length).toBeLessThanOrEqual(6);
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(5);
        expect(rows.flat()).toEqual(given);
      }),
    );
  });
});

describe('a gallery', () => {
  const url = 'https://vk.com/photo-1_2';
  const cards: readonly GalleryCard[] = [
    { url, title: 'Shoes', text: 'from **{{price | 10}}**', buttons: [press('Take')] },
    { url: 'photo-1_3_key', title: '{{name | Hats}}', text: 'new', buttons: [link('See')] },
  ];

  it('is a carousel whose cards open their pictures, and whose titles are its text', () => {
    const [body, ...more] = rendered([{ type: 'gallery', cards }], { price: '5', name: 'Caps' });
    expect(more).toEqual([]);
    expect(body!.message).toBe('Shoes · Caps');
    expect(JSON.parse(body!.template!)).toEqual({
      type: 'carousel',
      elements: [
        {
          title: 'Shoes',
          description: 'from 5',
          photo_id: '-1_2',
          action: { type: 'open_photo' },
          buttons: [expect.objectContaining({ color: 'primary' })],
        },
        {
          title: 'Caps',
          description: 'new',
          photo_id: '-1_3',
          action: { type: 'open_photo' },
          buttons: [{ action: { type: 'open_link', label: 'See', link: linkOf(1) } }],
        },
      ],
    });
  });

  it('says something even without words, and cuts long values', () => {
    const bare = cards.map(({ title: _title, text: _text, ...card }) => card as GalleryCard);
    expect(rendered([{ type: 'gallery', cards: bare }])[0]!.message).toBe('↓');
    const [body] = rendered([{ type: 'gallery', cards }], { price: '9'.repeat(200) });
    const { elements } = JSON.parse(body!.template!) as {
      readonly elements: readonly { readonly description: string }[];
    };
    expect(elements[0]!.description).toMatch(/^from 9{74}…$/);
  });

  it('without buttons is one message with all its pictures and words', () => {
    const bare = cards.map(({ buttons: _buttons, ...card }) => card as GalleryCard);
    expect(rendered([{ type: 'gallery', cards: [...bare, { url }] }])).toEqual([
      {
        random_id: 1000,
        message: 'Shoes\nfrom 10\n\nHats\nnew',
        attachment: 'photo-1_2,photo-1_3_key,photo-1_2',
      },
    ]);
    expect(rendered([{ type: 'gallery', cards: [{ url }] }])).toEqual([
      { random_id: 1000, attachment: 'photo-1_2' },
    ]);
  });
});

describe('warnings', () => {
  it('name the images that are not on VK, and nothing else', () => {
    const elements: readonly Element[] = [
      { type: 'image', url: 'https://a.b/c.jpg' },
      { type: 'image', url: 'https://vk.com/photo-1_2' },
      { type: 'image', media: '7' },
      { type: 'video', url: 'https://a.b/c.mp4' },
      { type: 'text', text: 'x' },
      { type: 'gallery', cards: [{ url: 'photo-1_2' }, { url: 'https://a.b/c.jpg' }] },
    ];
    expect(warnings(elements)).toMatchObject([
      { path: 'elements[0].url', code: 'vk_image_outside' },
      {
        path: 'elements[5].cards[1].url',
        message: expect.stringContaining('upload the image to the VK group and use its link'),
      },
    ]);
    expect(connector.check(elements)).toEqual([]);
  });
});
