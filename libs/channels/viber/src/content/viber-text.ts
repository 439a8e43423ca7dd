import { joinRichTexts, parsePlainText, parseRichText } from '@crier/connector';
import type { RichText, Span, Style, Variable } from '@crier/connector';
import type { GalleryCard } from '@crier/contracts';

/** One of Viber's two ways to write a formatted text. */
export interface Notation {
  readonly marks: Readonly<Partial<Record<Style, readonly [open: string, close: string]>>>;
  /** Makes plain text harmless: as long as before, and no formatting in it. */
  readonly harmless: (text: string) => string;
  /** The same for the operator's own words, whose length may change. */
  readonly written: (text: string) => string;
}

type Piece = string | Variable;

const MARKS_AT_WORD = /(^|\s)([*_~`]+)(?=\S)/g;
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const WORD_BEFORE = /[\p{L}\p{N}]$/u;
const WORD_BEHIND = /^[\p{L}\p{N}]/u;

const lookalike = (mark: string): string => LOOKALIKES[mark] ?? mark;

// A mark counts only where a word begins: there it becomes a character that merely looks like it.
const withoutMarks = (text: string): string =>
  text.replace(
    MARKS_AT_WORD,
    (_, before: string, marks: string) => before + marks.replace(/./g, lookalike),
  );

const withoutTags = (text: string): string =>
  text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('\n', ' ');

/** The marks of messages (Viber's "Text formatting"; clients before 14.6 show them as they are). */
export const MARKS: Notation = {
  marks: {
    bold: ['*', '*'],
    italic: ['_', '_'],
    strike: ['~', '~'],
    code: ['```', '```'],
    pre: ['```', '```'],
  },
  harmless: withoutMarks,
  written: withoutMarks,
};

/** The tags of cards and keyboards, where marks do not count. */
export const TAGS: Notation = {
  marks: { bold: ['<b>', '</b>'], italic: ['<i>', '</i>'] },
  harmless: withoutTags,
  written: (text) => text.split('\n').map(withoutTags).join('<br>'),
};

const mayBeEmpty = (piece: Piece): boolean => typeof piece !== 'string' && piece.fallback === '';
const touches = (piece: Piece | undefined, word: RegExp): boolean =>
  piece !== undefined && (typeof piece !== 'string' || word.test(piece));

/** Marks inside a word, or around nothing, would be shown to the reader. */
const isMarked = ({ from, to }: Span, pieces: readonly Piece[]): boolean =>
  !pieces.slice(from, to).every(mayBeEmpty) &&
  !touches(pieces[from - 1], WORD_BEFORE) &&
  !touches(pieces[to], WORD_BEHIND);

const labelOf = ({ from, to }: Span, pieces: readonly Piece[]): string =>
  pieces
    .slice(from, to)
    .map((piece) => (typeof piece === 'string' ? piece : ''))
    .join('');

const aroundOf = (
  span: Span,
  pieces: readonly Piece[],
  { marks }: Notation,
): readonly [string, string] => {
  if (span.style === 'link')
    return span.url === labelOf(span, pieces) ? ['', ''] : ['', ` (${span.url ?? ''})`];
  return isMarked(span, pieces) ? (marks[span.style] ?? ['', '']) : ['', ''];
};

/** The text with its styles written into it and no spans left; a link is its label and its address. */
export const viberText = ({ pieces, spans, faults }: RichText, notation: Notation): RichText => {
  const opens: string[] = [];
  const closes: string[] = [];
  for (const span of spans) {
    const [open, close] = aroundOf(span, pieces, notation);
    // Spans come outer ones first, so what closes later is written behind.
    opens[span.from] = (opens[span.from] ?? '') + open;
    closes[span.to] = close + (closes[span.to] ?? '');
  }
  const shown: Piece[] = [];
  const add = (piece: Piece = ''): void => {
    if (piece !== '') shown.push(piece);
  };
  for (const [index, piece] of pieces.entries()) {
    add(closes[index]);
    add(opens[index]);
    add(typeof piece === 'string' ? notation.written(piece) : piece);
  }
  add(closes[pieces.length]);
  return { pieces: shown, spans: [], faults };
};

/** The words of a card: its title in bold, the text below it. */
export const cardWords = ({ title, text }: GalleryCard): RichText => {
  const texts: RichText[] = [];
  if (title) texts.push(parsePlainText(title, 'bold'));
  if (text) texts.push(parseRichText(text));
  return joinRichTexts(texts, '\n');
};

/** A label as cards and keyboards take it. */
export const labelText = (label: string): string => TAGS.harmless(label);
