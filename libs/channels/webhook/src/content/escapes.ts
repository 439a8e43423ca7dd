/** Signs that are markup wherever they stand, and an "&" that begins an entity, or may do so with what comes next. */
const MARKUP = /[\\`*_~[\]<]|&(?=#?\w*(?:;|$))/g;
/** Signs that make a line a heading, a quote, an item, a rule, an underline or a table. */
const LINE_MARK = /^[#>+\-=|:]/;
const NUMBER_MARK = /^(\d{1,9})([.)])/;
const NUMBER = /^\d{1,9}$/;
const INDENT = /^[ \t\u00A0]+/;
const NO_BREAK_SPACE = '\u00A0';

const isBlank = (line: string): boolean => line.trim() === '';

/** What stands behind the last end of a line. */
export const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

const inLine = (words: string): string => words.replace(MARKUP, String.raw`\$&`);

const atLineStart = (words: string): string => {
  if (isBlank(words)) return '';
  const [indent = ''] = INDENT.exec(words) ?? [];
  const marked = inLine(words.slice(indent.length))
    .replace(LINE_MARK, String.raw`\$&`)
    .replace(NUMBER_MARK, String.raw`$1\$2`);
  return NO_BREAK_SPACE.repeat(indent.length) + marked;
};

// A number that stands before it would become that of an item.
const behind = (line: string, words: string): string =>
  NUMBER.test(line) ? inLine(words).replace(/^[.)]/, String.raw`\$&`) : inLine(words);

/** Writes plain text so that CommonMark shows it as it is. `line`: what stands before it in its line, as written. */
export const escaped = (text: string, line: string): string => {
  const [first = '', ...others] = text.split('\n');
  let out = line === '' ? atLineStart(first) : behind(line, first);
  others.forEach((words, index) => {
    // The last one may go on behind this text. Two spaces keep lines apart that both say something.
    const isEmpty = isBlank(words) && index < others.length - 1;
    const end = isEmpty || isBlank(lastLine(line + out)) ? '\n' : '  \n';
    out += end + atLineStart(words);
  });
  return out;
};
