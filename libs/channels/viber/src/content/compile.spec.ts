import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import fc from 'fast-check';
import { ViberConnector } from '../index.ts';

interface Cell {
  readonly Columns: number;
  readonly Rows: number;
  readonly Text?: string;
  readonly Image?: string;
  readonly ActionType: string;
  readonly ActionBody: string;
}
interface Body {
  readonly receiver: string;
  readonly type: string;
  readonly text: string;
  readonly min_api_version?: number;
  readonly keyboard?: { readonly Type: string; readonly Buttons: readonly Cell[] };
  readonly rich_media?: { readonly Type: string; readonly Buttons: readonly Cell[] };
}

const connector = new ViberConnector({ version: '1.0.0' });
const rendered = (
  elements: readonly Element[],
  variables: Readonly<Record<string, string>> = {},
  assets: Readonly<Record<string, string>> = {},
) =>
  connector
    .compile(elements, assets)
    .render(someTarget('01234567890A=', variables))
    .map(({ body }) => JSON.parse(body) as Body);
const text = (written: string, variables?: Readonly<Record<string, string>>) =>
  rendered([{ type: 'text', text: written }], variables)[0]!.text;
const press = (label: string): Button => ({ kind: 'message', label, payload: '' });
const link = (label: string): Button => ({ kind: 'link', label, url: 'https://a.b' });

describe('a text', () => {
  it.each([
    ['**bold** *it* ~~gone~~ `code`', '*bold* _it_ ~gone~ ```code```'],
    ['***both***, ends **now**.', '_*both*_, ends *now*.'],
    ['**one *two***', '*one _two_*'],
    ['[the shop](https://a.b/c) and <https://a.b>', 'the shop (https://a.b/c) and https://a.b'],
    ['**[a](https://a.b)**', '*a (https://a.b)*'],
    ['in**word**s and so**on**', 'inwords and soon'],
    ['**{{name}}** came', ' came'],
    ['**{{name | you}}** came', '*you* came'],
    ['{{name | you}}**er**', 'youer'],
    [String.raw`\*no\* \_no\_ 2\*3, a_b and * x`, '∗no* ˍno_ 2*3, a_b and * x'],
  ])('%j is written as %j', (written, shown) => {
    expect(text(written)).toBe(shown);
  });

  it('keeps values plain, whatever marks they hold', () => {
    expect(text('Hi {{name}}!', { name: '*Ann* _x_ `y` 2*3 ~z~' })).toBe(
      'Hi ∗Ann* ˍx_ ˋy` 2*3 ∼z~!',
    );
  });

  it('is told to be as long as it comes out', () => {
    const long = text('Hi {{a}}, **{{b | x}}** and bye', { a: 'Ann', b: '😀'.repeat(5000) });
    expect(long.length).toBeLessThanOrEqual(7000);
    expect(long).toMatch(/^Hi Ann, \*😀+…\* and bye$/u);
  });

  it('never makes a request larger than 30 kB, with a full keyboard of the longest labels', () => {
    const buttons = Array.from({ length: 12 }, () => link('界'.repeat(64)));
    const compiled = connector.compile([{ type: 'text', text: '{{a}}', buttons }], {});
    const value = fc.string({
      unit: fc.constantFrom('界', '"', '\\', '\n', '😀'),
      minLength: 7000,
    });
    fc.assert(
      fc.property(value, (a) => {
        const [part] = compiled.render(someTarget('01234567890A=', { a }));
        expect(Buffer.byteLength(part!.body)).toBeLessThan(28_500);
      }),
      { numRuns: 5 },
    );
  });
});

describe('files', () => {
  it('have the forms that Viber has for them', () => {
    const video = { url: 'https://a.b/v.mp4', bytes: 5_000, name: 'v.mp4' };
    const file = { url: 'https://c.d/media/7?name=list.pdf', bytes: 70, name: 'list.pdf' };
    const bodies = rendered(
      [
        { type: 'image', url: 'https://a.b/c.jpg' },
        { type: 'video', url: 'https://a.b/v.mp4', caption: '**Look**' },
        { type: 'file', media: '7', caption: 'The list, {{name | friend}}' },
      ],
      { name: 'Ann' },
      { 'url:https://a.b/v.mp4': JSON.stringify(video), 'media:7': JSON.stringify(file) },
    );
    expect(bodies.map(({ receiver: _, ...fields }) => fields)).toEqual([
      { type: 'picture', media: 'https://a.b/c.jpg', text: '' },
      { type: 'video', media: 'https://a.b/v.mp4', size: 5000, text: '*Look*' },
      { type: 'file', media: file.url, size: 70, file_name: 'list.pdf' },
      { type: 'text', text: 'The list, Ann' },
    ]);
  });
});

describe('a keyboard', () => {
  const { refOf, linkOf } = someTarget('');

  it('hangs under the last message with the buttons of all, since the next one would take it away', () => {
    const bodies = rendered([
      { type: 'text', text: 'x', buttons: [link('<A>'), press('B')] },
      { type: 'image', url: 'https://a.b/c.jpg', buttons: [press('C')] },
      { type: 'text', text: 'y' },
    ]);
    expect(bodies.map(({ keyboard }) => keyboard !== undefined)).toEqual([false, false, true]);
    expect(bodies[2]).toMatchObject({ min_api_version: 3, keyboard: { Type: 'keyboard' } });
    expect(bodies[2]!.keyboard!.Buttons).toEqual([
      expect.objectContaining({ ActionType: 'open-url', ActionBody: linkOf(0), Text: '‹A›' }),
      expect.objectContaining({ ActionType: 'reply', ActionBody: `c:${refOf(1)}`, Text: 'B' }),
      expect.objectContaining({ ActionType: 'reply', ActionBody: `c:${refOf(2)}`, Text: 'C' }),
    ]);
  });

  it('may have as many rows as the team says', () => {
    const buttons = Array.from({ length: 20 }, () => press('a'));
    const elements: readonly Element[] = [{ type: 'text', text: 'x', buttons }];
    const taught = new ViberConnector({ version: '1.0.0', assumed: { keyboardRows: 24 } });
    expect(taught.check(elements)).toEqual([]);
    expect(taught.capabilities.limits).toMatchObject({ buttonsPerMessage: 24 });
    expect(connector.check(elements)).toHaveLength(1);
  });
});

describe('a gallery', () => {
  const url = 'https://a.b/c.jpg';
  const cards: readonly GalleryCard[] = [
    {
      url,
      title: 'Shoes',
      text: 'from *{{price | 10}}*\n~~20~~ **now**',
      buttons: [press('Take')],
    },
    { url, buttons: [press('A'), link('B'), press('C')] },
    { url, text: 'Bare' },
    { url },
  ];

  it('is a carousel whose cards each fill their block', () => {
    const [body, ...more] = rendered([{ type: 'gallery', cards }], { price: '<b>5</b>\n' });
    expect(more).toEqual([]);
    expect(body).toMatchObject({
      type: 'rich_media',
      min_api_version: 7,
      rich_media: { Type: 'rich_media', ButtonsGroupColumns: 6, ButtonsGroupRows: 7 },
    });
    const rows = body!.rich_media!.Buttons.map(({ Rows }) => Rows);
    expect(rows).toEqual([4, 2, 1, 4, 1, 1, 1, 5, 2, 7]);
    expect(body!.rich_media!.Buttons[1]).toMatchObject({
      ActionType: 'none',
      Text: '<b>Shoes</b><br>from <i>‹b›5‹/b› </i><br>20 <b>now</b>',
    });
  });

  it('keeps its buttons; those of others stand in a keyboard under it', () => {
    const { refOf } = someTarget('');
    const bodies = rendered([
      { type: 'gallery', cards: cards.slice(0, 1) },
      { type: 'text', text: 'x', buttons: [press('B')] },
      { type: 'gallery', cards: cards.slice(0, 1) },
    ]);
    expect(bodies.map(({ min_api_version: version }) => version)).toEqual([7, undefined, 7]);
    const bodyOf = (cells: readonly Cell[]) => cells.at(-1)!.ActionBody;
    expect(bodyOf(bodies[0]!.rich_media!.Buttons)).toBe(`c:${refOf(0)}`);
    expect(bodyOf(bodies[2]!.keyboard!.Buttons)).toBe(`c:${refOf(1)}`);
    expect(bodyOf(bodies[2]!.rich_media!.Buttons)).toBe(`c:${refOf(2)}`);
  });
});

describe('a request', () => {
  it('is the same for all to whom the same is said', () => {
    const compiled = connector.compile([{ type: 'text', text: 'Hi, **all**' }], {});
    const bodies = ['A=', '"B'].map((address) => compiled.render(someTarget(address))[0]!.body);
    const body = '{"type":"text","text":"Hi, *all*"}';
    expect(bodies).toEqual([body, body]);
  });
});
