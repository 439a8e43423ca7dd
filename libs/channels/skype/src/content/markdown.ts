import type { RichText, Span } from '@crier/connector';
import { escaped, type LineEnd } from './escapes.ts';

/** A text with what stands in its pieces for one person. */
interface Filled {
  readonly text: RichText;
  readonly pieces: readonly string[];
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Those within, outer ones first. */
  readonly spans: readonly Span[];
}

/** What stands around something, as far as its marks depend on it. */
interface Around {
  readonly before: string;
  readonly after: string;
}

const MARKS: Readonly<Partial<Record<Span['style'], string>>> = {
  bold: '**',
  italic: '*',
  strike: '~~',
};
const OPEN = /^$|^[\s!-/:-@[-`{-~]$/;
const OPEN_LINE = /^\n?$/;
const WORD = /^[\p{L}\p{N}]$/u;
const TICKS = /`+/g;
const PARENTHESES: Readonly<Record<string, string>> = { '(': '%28', ')': '%29', '\\': '%5C' };

const first = (text: string): string => /^./su.exec(text)?.[0] ?? '';
const last = (text: string): string => /.$/su.exec(text)?.[0] ?? '';

const joined = ({ pieces }: Filled, from: number, to: number): string =>
  pieces.slice(from, to).join('');

/** Marks count where they touch a space or a sign outside, or a letter inside; else they would be shown. */
const marked = (mark: string, inner: string, { before, after }: Around): string => {
  const core = inner.trim();
  const opens = OPEN.test(before) || WORD.test(first(core));
  const closes = OPEN.test(after) || WORD.test(last(core));
  // Two marks that touch would be read as one.
  if (core === '' || !opens || !closes || before === mark[0]) return inner;
  const start = inner.indexOf(core);
  return inner.slice(0, start) + mark + core + mark + inner.slice(start + core.length);
};

const code = (text: string): string => {
  const line = text.replaceAll('\n', ' ');
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(TICKS)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + pad + line + pad + fence;
};

const block = (text: string, { before, after }: Around): string => {
  const longest = Math.max(2, ...[...text.matchAll(TICKS)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const lineBefore = before === '' || before === '\n' ? '' : '\n';
  const lineAfter = after === '' || after === '\n' ? '' : '\n';
  return `${lineBefore}${fence}\n${text}\n${fence}${lineAfter}`;
};

const link = (label: string, url: string): string => {
  const address = url.replace(/[()\\]/g, (sign) => PARENTHESES[sign] ?? sign);
  const shown = label.trim() === '' ? escaped(url, false, '  \n') : label;
  return `[${shown}](${address})`;
};

const styled = (filled: Filled, span: Span, inner: Range, around: Around): string => {
  const { style, url = '' } = span;
  const raw = joined(filled, span.from, span.to);
  if (style === 'code') return code(raw);
  if (style === 'pre') return block(raw, around);
  // Without marks it may begin a line after all, so it is written as if it did.
  const startsLine = OPEN_LINE.test(around.before);
  const written = writeRange(filled, inner, { startsLine, lineEnd: '  \n' });
  if (style === 'link') return link(written.replaceAll(/\s*\n/g, ' '), url);
  return marked(MARKS[style] ?? '', written, around);
};

const writeRange = (
  filled: Filled,
  { from, to, spans }: Range,
  { startsLine, lineEnd }: { readonly startsLine: boolean; readonly lineEnd: LineEnd },
): string => {
  let out = '';
  let done = from;
  const writePlain = (until: number): void => {
    const opensLine = out === '' ? startsLine : out.endsWith('\n');
    out += escaped(joined(filled, done, until), opensLine, lineEnd);
    done = until;
  };
  for (const span of spans) {
    if (span.from < done) continue;
    writePlain(span.from);
    // Before a link it would make a picture of it.
    if (span.style === 'link') out = out.replace(/!$/, String.raw`\!`);
    const within = spans.filter((each) => each !== span && isWithin(each, span));
    const after = first(joined(filled, span.to, filled.pieces.length));
    const inner = { from: span.from, to: span.to, spans: within };
    out += styled(filled, span, inner, { before: last(out), after });
    done = span.to;
  }
  writePlain(to);
  return out;
};

const isWithin = ({ from, to }: Span, outer: Span): boolean => from >= outer.from && to <= outer.to;

/** The text in the Bot Framework's Markdown; what stands in `pieces` for its variables is plain, whatever it holds. */
export const markdownOf = (text: RichText, pieces: readonly string[]): string =>
  writeRange(
    { text, pieces },
    { from: 0, to: pieces.length, spans: text.spans },
    { startsLine: true, lineEnd: '\n\n' },
  );
