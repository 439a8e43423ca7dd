import { describe, expect, it } from '@jest/globals';
import { someTarget } from '@crier/connector/testing';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { compile } from './compile.ts';

interface Forms {
  readonly plain: string;
  readonly markdown: string;
}
const formsOf = (written: string, variables: Readonly<Record<string, string>> = {}): Forms => {
  const [part] = compile([{ type: 'text', text: written }], {}).render(
    someTarget('ann', variables),
  );
  return (JSON.parse(part!.body) as { readonly message: { readonly text: Forms } }).message.text;
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
const stylesOf = (markdown: string): readonly string[] =>
  typesOf(read(markdown)).filter((type) => !/^(root|paragraph|text|break)$/.test(type));
const dense = (words: string): string => words.replace(/\s/g, '');

describe('a text', () => {
  it.each([
    ['**bold** *it* ~~gone~~ `code`', 'bold it gone code', '**bold** _it_ ~~gone~~ `code`'],
    ['***both***, ends **now**.', 'both, ends now.', '_**both**_, ends **now**.'],
    ['in*word*s and so**on**', 'inwords and soon', 'in*word*s and so**on**'],
    [
      '[the *shop*](https://a.b/c_(d)) or <https://a.b>',
      'the shop (https://a.b/c_(d)) or https://a.b',
      '[the _shop_](https://a.b/c_%28d%29) or [https://a.b](https://a.b)',
    ],
    ['**{{name | you}}** came', 'you came', '**you** came'],
    ['**{{name}}**came', 'came', 'came'],
    [String.raw`\*no\* a_b 2\*3`, '*no* a_b 2*3', String.raw`\*no\* a\_b 2\*3`],
    ['one\ntwo\n\n\nthree', 'one\ntwo\n\n\nthree', 'one  \ntwo\n\n\nthree'],
    ['one\n**two**', 'one\ntwo', 'one  \n**two**'],
    ['# no\n> no\n1. no\n-5', '# no\n> no\n1. no\n-5', '\\# no  \n\\> no  \n1\\. no  \n\\-5'],
    ['R&D &amp; a < b <b>', 'R&D &amp; a < b <b>', 'R&D \\&amp; a \\< b \\<b>'],
    ['see\n```js\nlet a;\n```\nend', 'see\nlet a;\nend', 'see  \n```js\nlet a;\n```  \nend'],
    ['Look![here](https://a.b)!', 'Look!here (https://a.b)!', 'Look\\![here](https://a.b)!'],
    ['[{{label}}](https://a.b)', ' (https://a.b)', '[https://a.b](https://a.b)'],
    ['``a`b``', 'a`b', '``a`b``'],
  ])('%j is plainly %j, and in Markdown %j', (written, plain, markdown) => {
    expect(formsOf(written)).toEqual({ plain, markdown });
  });

  it.each([
    ['**a *b* ~~c~~**', ['strong', 'emphasis', 'delete']],
    ['*a **b***', ['emphasis', 'strong']],
    ['~~a [b](https://y)~~', ['delete', 'link']],
    ['**Ann {{a}}**!', ['strong']],
    ['*{{a}}*', ['emphasis']],
    ['x\n\n**{{a}}**\n*b*', ['strong', 'emphasis']],
  ])('%j keeps its styles', (written, styles) => {
    expect(stylesOf(formsOf(written, { a: 'Q' }).markdown)).toEqual(styles);
  });

  it.each([
    ['Hi {{a}}!', '**Ann** [x](https://y) `z` ~~w~~ <b> &lt;'],
    ['Hi {{a}}!', '\n# big\n- one\n1. two\n> three\n---\n===\n    four\n| a |\n:-'],
    ['**{{a}}** x', ' Ann! '],
    ['**{{a}}**er', 'Ann!'],
    ['**{{a}}**er', '- Ann'],
    ['{{a}}. x', '1'],
    ['**{{a}}**. x', '1'],
    ['{{a}}**. x**y', '1'],
    ['~~x{{a}}~~lt;', '&'],
    ['~~x{{a}}~~za:>', '<'],
    ['{{a}}[x](https://y)', '!'],
    ['**{{a}}**[x](https://y)', 'wow!'],
    ['!**[x](https://y){{a}}**z', '!'],
    ['`{{a}}`', 'a``b`'],
    ['`{{a}}`', ' `` '],
    ['`x``{{a}}`', '`'],
    ['```\n{{a}}\n```', 'x\n```\n**y**'],
    ['*{{a}}*', 'a\n\nb'],
    ['[{{a}}](https://y)', 'a](https://z)\n\nb'],
    ['**{{a}}***{{a}}*', 'x'],
    ['😀**{{a}}**😀', '"Ann"'],
  ])('%j keeps the value %j plain', (written, a) => {
    const expected = wordsOf(read(formsOf(written, { a: 'Q7' }).markdown));
    const words = wordsOf(read(formsOf(written, { a }).markdown));
    expect(dense(words)).toBe(dense(expected.replaceAll('Q7', () => a)));
  });

  const signs = fc.string({
    unit: fc.constantFrom(...'aB1 \n*_~`[]()<>&;#+-=|:.!\\"😀界é'.split(/(?:)/u)),
    maxLength: 24,
  });

  it('says every value in full, without a style, whatever signs it has', () => {
    fc.assert(
      fc.property(signs, (a) => {
        const { plain, markdown } = formsOf('x {{a}} y', { a: `z${a}` });
        expect(plain).toBe(`x z${a} y`);
        expect(dense(wordsOf(read(markdown)))).toBe(dense(plain));
        expect(stylesOf(markdown)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('says every value in full within styles, too', () => {
    fc.assert(
      fc.property(signs, signs, (a, b) => {
        const { markdown } = formsOf(
          '{{b}} **x {{a}} *{{b}}*** [{{a}}](https://y)~~{{a}}~~{{b}}*{{a}}*`{{b}}`',
          { a: `z${a}`, b: `z${b}` },
        );
        const words = `z${b}x z${a} z${b} z${a}z${a}z${b}z${a}z${b}`;
        expect(dense(wordsOf(read(markdown)))).toBe(dense(words));
      }),
      { numRuns: 1000 },
    );
  });

  it('is cut where a value is too long, and never the words of the operator', () => {
    const long = formsOf('Hi {{a}}, **{{b | x}}** and bye', { a: 'Ann', b: '😀'.repeat(9000) });
    expect(long.plain.length).toBeLessThanOrEqual(10_000);
    expect(long.markdown).toMatch(/^Hi Ann, \*\*😀+…\*\* and bye$/u);
  });
});
