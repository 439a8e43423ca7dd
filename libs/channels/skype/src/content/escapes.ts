// What would be read as markup wherever it stands; an underscore inside a word is none.
const MARKUP = new RegExp(
  [
    '[`*~[\\]]',
    '\\\\(?![\\p{L}\\p{N}])',
    // What comes next may stand in another piece of the text.
    '<(?=[a-z/!?]|$)',
    '&(?=#?\\w*(?:;|$))',
    '(?<![\\p{L}\\p{N}])_',
    '_(?![\\p{L}\\p{N}])',
  ].join('|'),
  'giu',
);
/** What would make a line a heading, a quote, an item, a rule or a row of a table. */
const LINE_MARK = /^(?:>|\||#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|=(?==*\s*$)|:(?=-))/;
const NUMBER_MARK = /^(\d{1,9})([.)])(?=\s|$)/;
const INDENT = /^[ \u00A0]+/;
const NO_BREAK_SPACE = '\u00A0';

const lineStart = (line: string): string => {
  const indent = INDENT.exec(line)?.[0] ?? '';
  const words = line
    .slice(indent.length)
    .replace(LINE_MARK, String.raw`\$&`)
    .replace(NUMBER_MARK, String.raw`$1\$2`);
  return NO_BREAK_SPACE.repeat(indent.length) + words;
};

const inLine = (line: string): string => line.replace(MARKUP, String.raw`\$&`);

/** How the lines of a text are kept apart: paragraphs, since single ends of lines are ignored; inside a style, which may not go over paragraphs, breaks. */
export type LineEnd = '\n\n' | '  \n';

/** Writes plain text so that Markdown shows it as it is. `startsLine`: nothing stands before it in its line. */
export const escaped = (text: string, startsLine: boolean, lineEnd: LineEnd): string => {
  const kept = lineEnd === '\n\n' ? text : text.replace(/\s*\n\s*/g, '\n');
  return kept
    .split('\n')
    .map((line, index) => (index > 0 || startsLine ? lineStart(inLine(line)) : inLine(line)))
    .join(lineEnd);
};
