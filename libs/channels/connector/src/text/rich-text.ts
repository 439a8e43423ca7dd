import { isVisible, markVariables, splitAtMarks } from './variables.ts';
import type { TextFault, Variable } from './variables.ts';
import { writeMarkdown } from './markdown.ts';

export type Style = 'bold' | 'italic' | 'strike' | 'code' | 'pre' | 'link';

/** A style over the pieces `from` to `to`, the last not included. */
export interface Span {
  readonly style: Style;
  readonly from: number;
  readonly to: number;
  /** Of a link. */
  readonly url?: string;
  /** Of a code block. */
  readonly language?: string;
}

/** A text read once: plain pieces, variables between them, and styles that begin and end with pieces. */
export interface RichText {
  readonly pieces: readonly (string | Variable)[];
  /** Outer ones first. */
  readonly spans: readonly Span[];
  readonly faults: readonly TextFault[];
}

type SpanForm = Pick<Span, 'style' | 'url' | 'language'>;

/** Gathers pieces and spans in the order of reading. */
export class RichTextWriter {
  readonly #variables: readonly Variable[];
  readonly #pieces: (string | Variable)[] = [];
  readonly #spans: Span[] = [];
  #isSealed = true;

  constructor(variables: readonly Variable[]) {
    this.#variables = variables;
  }

  /** Appends text, with marks where variables are. */
  write(marked: string): void {
    for (const piece of splitAtMarks(marked, this.#variables)) if (piece !== '') this.#push(piece);
  }

  /** Everything that `content` writes gets the style. */
  styled(form: SpanForm, content: () => void): void {
    const from = this.#pieces.length;
    this.#isSealed = true;
    content();
    this.#isSealed = true;
    const to = this.#pieces.length;
    if (to > from) this.#spans.push({ ...form, from, to });
  }

  finish(faults: readonly TextFault[]): RichText {
    const spans = this.#spans.toReversed().toSorted((a, b) => a.from - b.from || b.to - a.to);
    return { pieces: this.#pieces, spans, faults };
  }

  #push(piece: string | Variable): void {
    const last = this.#pieces.at(-1);
    if (!this.#isSealed && typeof piece === 'string' && typeof last === 'string')
      this.#pieces[this.#pieces.length - 1] = last + piece;
    else this.#pieces.push(piece);
    this.#isSealed = false;
  }
}

/** Reads CommonMark's bold, italic, strike, code and link, and variables. All else stays as typed. */
export const parseRichText = (source: string): RichText => {
  const { text, variables, faults } = markVariables(source);
  const writer = new RichTextWriter(variables);
  const more = writeMarkdown(text, writer);
  return writer.finish([...faults, ...more]);
};

/** Reads variables only; all of it gets the style where one is given. */
export const parsePlainText = (source: string, style?: Style): RichText => {
  const { text, variables, faults } = markVariables(source);
  const writer = new RichTextWriter(variables);
  const content = () => {
    writer.write(text);
  };
  if (style === undefined) content();
  else writer.styled({ style }, content);
  return writer.finish(faults);
};

/** One text out of several. */
export const joinRichTexts = (texts: readonly RichText[], separator: string): RichText => {
  const pieces: (string | Variable)[] = [];
  const spans: Span[] = [];
  for (const text of texts) {
    if (pieces.length > 0) pieces.push(separator);
    const shift = pieces.length;
    pieces.push(...text.pieces);
    for (const span of text.spans)
      spans.push({ ...span, from: span.from + shift, to: span.to + shift });
  }
  return { pieces, spans, faults: texts.flatMap(({ faults }) => faults) };
};

/** The text of somebody about whom nothing is known: every variable is its fallback. */
export const withFallbacks = ({ pieces }: RichText): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.fallback)).join('');

/** True when nobody is sure to see anything: what is visible comes from variables without fallbacks. */
export const isBlank = (text: RichText): boolean => !isVisible(withFallbacks(text));
