import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { SkypeConnector } from '../index.ts';

const connector = new SkypeConnector({ version: '1.0.0' });
const text = (written: string, variables: Readonly<Record<string, string>> = {}): string => {
  const [part] = connector
    .compile([{ type: 'text', text: written }], {})
    .render(someTarget('29:ann', variables));
  return (JSON.parse(part!.body) as { readonly text: string }).text;
};

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
const read = (markdown: string): Node =>
  fromMarkdown(markdown, {
    extensions: [gfmStrikethrough()],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });
const wordsOf = ({ value = '', children = [] }: Node): string =>
  value + children.map(wordsOf).join('');
const typesOf = ({ type, children = [] }: Node): readonly string[] => [
  type,
  ...children.flatMap(typesOf),
];
const dense = (words: string): string => words.replace(/\s/g, '');

describe('a text', () => {
  it.each([
    ['**bold** *it* ~~gone~~ `code`', '**bold** *it* ~~gone~~ `code`'],
    ['__bold__ _it_', '**bold** *it*'],
    ['***both***, ends **now**.', '***both***, ends **now**.'],
    ['**one *two***', '**one *two***'],
    [
      '[the *shop*](https://a.b/c_(d)) and <https://a.b>',
      '[the *shop*](https://a.b/c_%28d%29) and [https://a.b](https://a.b)',
    ],
    ['so**on** and in**word**s', 'so**on** and in**word**s'],
    ['**{{name}}** came', '\u00A0came'],
    ['**{{name | you}}** came', '**you** came'],
    [
      String.raw`\*no\* snake_case _ 2\*3 \[x\](y) C:\dir`,
      String.raw`\*no\* snake_case \_ 2\*3 \[x\](y) C:\dir`,
    ],
    ['one\ntwo\n\nthree', 'one\n\ntwo\n\n\n\nthree'],
    ['# no\n> no\n- no\n1. no', '\\# no\n\n\\> no\n\n\\- no\n\n1\\. no'],
    ['#sale -5 +1 1.5', '#sale -5 +1 1.5'],
    ['R&D &amp; a < b <b>', 'R&D \\&amp; a < b \\<b>'],
    ['``a`b`` ```` ` ````', '``a`b`` `` ` ``'],
    ['see\n```js\nlet a;\n```\nend', 'see\n\n```\nlet a;\n```\n\nend'],
    ['Look![here](https://a.b)', 'Look\\![here](https://a.b)'],
    ['[{{label}}](https://a.b)', '[https://a.b](https://a.b)'],
  ])('%j is written as %j', (written, shown) => {
    expect(text(written)).toBe(shown);
  });

  it.each([
    ['Hi {{a}}!', '**Ann** [x](https://y) `z` ~~w~~ <b> &lt;'],
    ['Hi {{a}}!', '\n# big\n- one\n1. two\n> three\n---\n===\n    four\n| a |\n:-'],
    ['**{{a}}** x', ' Ann! '],
    ['**{{a}}**er', 'Ann!'],
    ['**{{a}}**er', '- Ann'],
    ['{{a}}. x', '1'],
    ['~~x{{a}}~~lt;', '&'],
    ['~~x{{a}}~~za:>', '<'],
    ['{{a}}[x](https://y)', '!'],
    ['`{{a}}`', 'a``b`'],
    ['```\n{{a}}\n```', 'x\n```\n**y**'],
    ['*{{a}}*', 'a\n\nb'],
    ['[{{a}}](https://y)', 'a](https://z)\n\nb'],
    ['**{{a}}***{{a}}*', 'x'],
    ['😀**{{a}}**😀', '"Ann"'],
  ])('%j keeps the value %j plain', (written, a) => {
    const plain = wordsOf(read(text(written, { a: 'Q7' })));
    const words = wordsOf(read(text(written, { a })));
    expect(dense(words)).toBe(dense(plain.replaceAll('Q7', () => a)));
  });

  const signs = fc.string({
    unit: fc.constantFrom(...'aB1 \n*_~`[]()<>&;#+-=|:.!\\"😀界é'.split(/(?:)/u)),
    maxLength: 24,
  });

  it('says every value in full, whatever signs it has', () => {
    fc.assert(
      fc.property(signs, (a) => {
        const tree = read(text('x {{a}} y', { a: `z${a}` }));
        expect(dense(wordsOf(tree))).toBe(dense(`xz${a}y`));
        const types = typesOf(tree).filter(
          (type) => !['root', 'paragraph', 'text', 'break'].includes(type),
        );
        expect(types).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('says every value in full within styles, too', () => {
    fc.assert(
      fc.property(signs, signs, (a, b) => {
        const tree = read(
          text('{{b}} **x {{a}} *{{b}}*** [{{a}}](https://y)~~{{a}}~~{{b}}', {
            a: `z${a}`,
            b: `z${b}`,
          }),
        );
        expect(dense(wordsOf(tree))).toBe(dense(`z${b}x z${a} z${b} z${a}z${a}z${b}`));
      }),
      { numRuns: 500 },
    );
  });

  it('is cut where a value is too long, and never the words of the operator', () => {
    const long = text('Hi {{a}}, **{{b | x}}** and bye', { a: 'Ann', b: '😀'.repeat(5000) });
    expect(long.length).toBeLessThanOrEqual(4100);
    expect(long).toMatch(/^Hi Ann, \*\*😀+…\*\* and bye$/u);
  });
});
