import type { RichText, Span, Style } from '@crier/connector';
import { escaped, lastLine } from './escapes.ts';

/** A text with what stands in its pieces for one person. */
interface Filled {
  readonly text: RichText;
  readonly pieces: readonly string[];
}

/** Pieces to write, and where they stand. */
interface Range {
  readonly from: number;
  readonly to: number;
  /** Those within, outer ones first. */
  readonly spans: readonly Span[];
  /** The styles around. */
  readonly styles: readonly Style[];
  /** What is written before it in its line. */
  readonly line: string;
}

/** What stands right before and right behind something. */
interface Around {
  readonly before: string;
  readonly after: string;
}

const MARKS: Readonly<Partial<Record<Style, readonly string[]>>> = {
  bold: ['**'],
  // An underscore never runs into the marks of bold, but is none inside a word.
  italic: ['_', '*'],
  strike: ['~~'],
};
/** Where all versions of Markdown agree that a word ends, and that one goes on. */
const EDGE = /^$|^[\s!-/:-@[-`{-~]$/;
const LETTER = /^[\p{L}\p{N}]$/u;
const TICKS = /`+/g;
const LANGUAGE = /^[\w+#-]{1,32}$/;
const UNSAFE_IN_ADDRESS = /[\s()<>\\]/g;
const ENTITY = /&(?=#?\w+;)/g;

const first = (text: string): string => /^./su.exec(text)?.[0] ?? '';
const last = (text: string): string => /.$/su.exec(text)?.[0] ?? '';

const joined = ({ pieces }: Filled, from: number, to = pieces.length): string =>
  pieces.slice(from, to).join('');

const fits = (mark: string, core: string, { before, after }: Around): boolean => {
  // Marks that touch would be read as one.
  if (core === '' || before === mark[0]) return false;
  if (mark === '_') return EDGE.test(before) && EDGE.test(after);
  return (
    (EDGE.test(before) || LETTER.test(first(core))) && (EDGE.test(after) || LETTER.test(last(core)))
  );
};

/** Puts marks around it, but for the spaces at its ends; where they would not be read as marks it goes without. */
const marked = (style: Style, inner: string, around: Around): string => {
  const core = inner.trim();
  const mark = MARKS[style]?.find((each) => fits(each, core, around));
  if (mark === undefined) return inner;
  const start = inner.indexOf(core);
  return inner.slice(0, start) + mark + core + mark + inner.slice(start + core.length);
};

const fenceFor = (text: string, least: number): string => {
  const longest = Math.max(least - 1, ...[...text.matchAll(TICKS)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
};

const code = (raw: string, { before }: Around): string => {
  const text = raw.replaceAll('\n', ' ');
  if (text === '' || before === '`') return escaped(text, before);
  const fence = fenceFor(text, 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return fence + pad + text + pad + fence;
};

const block = (raw: string, language: string, { before, after }: Around): string => {
  const fence = fenceFor(raw, 3);
  const named = LANGUAGE.test(language) ? language : '';
  const lineBefore = before === '' ? '' : '\n';
  const lineAfter = after === '' || after === '\n' ? '' : '\n';
  return `${lineBefore}${fence}${named}\n${raw}\n${fence}${lineAfter}`;
};

const link = (label: string, url: string): string => {
  const address = url
    .replace(UNSAFE_IN_ADDRESS, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(ENTITY, String.raw`\&`);
  const shown = label.trim() === '' ? escaped(url, '[') : label.replace(/\s*\n\s*/g, ' ');
  return `[${shown}](${address})`;
};

/** `range`: where it stands, with the spans behind it. */
const styled = (filled: Filled, span: Span, range: Range): string => {
  const { style, from, to } = span;
  const around = { before: last(range.line), after: first(joined(filled, to)) };
  if (style === 'code') return code(joined(filled, from, to), around);
  if (style === 'pre') return block(joined(filled, from, to), span.language ?? '', around);
  const spans = range.spans.filter((each) => each.from >= from && each.to <= to);
  const inner = write(filled, { ...range, from, to, spans, styles: [...range.styles, style] });
  if (style === 'link') return link(inner, span.url ?? '');
  return range.styles.includes(style) ? inner : marked(style, inner, around);
};

const write = (filled: Filled, range: Range): string => {
  let out = '';
  let done = range.from;
  const writePlain = (until: number): void => {
    const raw = joined(filled, done, until);
    // Marks do not reach over an empty line.
    const text = range.styles.length === 0 ? raw : raw.replace(/\s*\n\s*/g, '\n');
    const written = escaped(text, lastLine(range.line + out));
    // Before a link it would make a picture of it.
    out += until < filled.pieces.length ? written.replace(/!$/, String.raw`\!`) : written;
    done = until;
  };
  for (const [index, span] of range.spans.entries()) {
    if (span.from < done) continue;
    writePlain(span.from);
    const spans = range.spans.slice(index + 1);
    out += styled(filled, span, { ...range, spans, line: lastLine(range.line + out) });
    done = span.to;
  }
  writePlain(range.to);
  return out;
};

/** The text in CommonMark, strike as GitHub writes it; what stands in `pieces` for its variables is plain, whatever it holds. */
export const markdownOf = (text: RichText, pieces: readonly string[]): string =>
  write({ text, pieces }, { from: 0, to: pieces.length, spans: text.spans, styles: [], line: '' });

/** The words alone; a link is its label, and its address where that says something else. */
export const plainOf = ({ spans }: RichText, pieces: readonly string[]): string => {
  const behind: string[] = [];
  for (const { style, from, to, url = '' } of spans)
    if (style === 'link' && pieces.slice(from, to).join('') !== url)
      behind[to] = ` (${url})${behind[to] ?? ''}`;
  return [...pieces, ''].map((piece, index) => (behind[index] ?? '') + piece).join('');
};
