import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  FillableText,
  joinRichTexts,
  parsePlainText,
  parseRichText,
  withFallbacks,
} from '../index.ts';

const stylesOf = (source: string) => {
  const { pieces, spans } = parseRichText(source);
  return spans.map(({ style, from, to, url, language }) => [
    style,
    withFallbacks({ pieces: pieces.slice(from, to), spans: [], faults: [] }),
    ...(url === undefined ? [] : [url]),
    ...(language === undefined ? [] : [language]),
  ]);
};
const textOf = (source: string) => withFallbacks(parseRichText(source));
const faultsOf = (source: string) => parseRichText(source).faults.map(({ code }) => code);

describe('Markdown', () => {
  it.each([
    [
      '**bold** and __bold__',
      [
        ['bold', 'bold'],
        ['bold', 'bold'],
      ],
    ],
    [
      '*it* _it_',
      [
        ['italic', 'it'],
        ['italic', 'it'],
      ],
    ],
    ['~~gone~~ ~stays~', [['strike', 'gone']]],
    ['`a*b*` x', [['code', 'a*b*']]],
    ['```js\nlet a;\n```', [['pre', 'let a;', 'js']]],
    [
      '[the *shop*](https://a.b/c "t")',
      [
        ['link', 'the shop', 'https://a.b/c'],
        ['italic', 'shop'],
      ],
    ],
    ['<https://a.b>', [['link', 'https://a.b', 'https://a.b']]],
    [
      '***both***',
      [
        ['italic', 'both'],
        ['bold', 'both'],
      ],
    ],
    ['**{{name | you}}**', [['bold', 'you']]],
    ['snake_case_name 2*3*4 is plain_', [['italic', '3']]],
  ])('%j has %j', (source, styles) => {
    expect(stylesOf(source)).toEqual(styles);
  });

  it.each([
    'one\ntwo\n\n\nthree',
    'a\n   indented\n\n    more\n- one\n- two\n1. three',
    '# Heading\n> quote\n---\nTitle\n===',
    '<b>no</b> &amp; R&D [a]: x',
    '2 < 3 && 4 > 1 ! [x] (y) {one} }}',
  ])('leaves %j as typed', (source) => {
    expect(textOf(source)).toBe(source);
    expect(stylesOf(source)).toEqual([]);
  });

  it('takes a backslash for an escape', () => {
    expect(textOf('\\*not\\* \\{{name}} a\\b')).toBe('*not* {{name}} a\\b');
  });

  it('keeps what stands around a code block', () => {
    expect(textOf('a\r\n```\nx\n```\n\nb')).toBe('a\nx\n\nb');
  });

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        const { pieces, spans } = parseRichText(source);
        for (const { from, to } of spans) expect(from < to && to <= pieces.length).toBe(true);
      }),
    );
  });
});

describe('variables', () => {
  it.each([
    ['Hi {{name', ['variable_unclosed']],
    ['Hi {{}} {{1a}} {{a b}}', Array(3).fill('variable_name_invalid')],
    ['[a](https://x/{{id}})', ['variable_in_link']],
    ['{{ім_я | друже}} {{a.b-c}} [{{label}}](https://x)', []],
  ])('%j: %j', (source, codes) => {
    expect(faultsOf(source)).toEqual(codes);
  });

  const filled = (source: string, values: Record<string, string | number>, most = 100) =>
    new FillableText(parseRichText(source), most).fill(values).join('');

  it('are plain text, whatever they hold', () => {
    expect(filled('Hi {{a | *x*}}, {{b}}!', { b: '**no** [x](y) {{c}}' })).toBe(
      'Hi *x*, **no** [x](y) {{c}}!',
    );
  });

  it.each([[undefined], [''], [' \n '], ['\u200B\u2800'], ['\u0000']])(
    'give the fallback for %j',
    (value) => {
      expect(filled('{{a|friend}}', value === undefined ? {} : { a: value })).toBe('friend');
    },
  );

  it('take no property of objects for a value', () => {
    expect(filled('{{constructor}}{{__proto__}}-', {})).toBe('-');
  });

  it('lose control characters, overrides and broken characters', () => {
    expect(filled('{{a}}', { a: 'A\u0007\u202En\uD800n\r\nB\tC 👩‍👧' })).toBe('Ann\nB C 👩‍👧');
  });

  it('are cut, the longest first, where the whole would be too long', () => {
    const source = 'To {{a}}, {{b}}';
    expect(filled(source, { a: 'Ann', b: 'x'.repeat(50) }, 15)).toBe('To Ann, xxxxxx…');
    expect(filled(source, { a: '😀😀😀😀', b: '😀😀😀😀' }, 11)).toBe('To 😀…, 😀…');
    expect(filled(source, { a: 'Ann', b: 'Bo' }, 5)).toBe('To , ');
  });
});

describe('joined texts', () => {
  it('keep their styles', () => {
    const joined = joinRichTexts([parsePlainText('A{{x}}', 'bold'), parseRichText('*b*')], '\n');
    expect(joined.pieces).toEqual(['A', { name: 'x', fallback: '' }, '\n', 'b']);
    expect(joined.spans).toEqual([
      { style: 'bold', from: 0, to: 2 },
      { style: 'italic', from: 3, to: 4 },
    ]);
  });
});
