import { FillableText, type RichText, type Variable } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';

/** The text for one person, as a JSON string. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

type Piece = string | Variable;

const inner = (text: string): string => JSON.stringify(text).slice(1, -1);

const labelOf = (pieces: readonly Piece[], from: number, to: number): string =>
  pieces
    .slice(from, to)
    .map((piece) => (typeof piece === 'string' ? piece : ''))
    .join('');

/** The text as Messenger shows it: without styles, which it has none of; a link is its label and its address. */
export const plainText = ({ pieces, spans, faults }: RichText): RichText => {
  const behind: string[] = [];
  for (const { style, from, to, url = '' } of spans)
    if (style === 'link' && url !== labelOf(pieces, from, to))
      behind[to] = ` (${url})${behind[to] ?? ''}`;
  const shown = [...pieces, ''].flatMap((piece, index) => [behind[index] ?? '', piece]);
  return { pieces: shown.filter((piece) => piece !== ''), spans: [], faults };
};

/** Prepares a text of at most so many characters. */
export const textTemplate = (text: RichText, most: number): TextTemplate => {
  const shown = plainText(text);
  const fillable = new FillableText(shown, most);
  const ready = shown.pieces.map((piece) => (typeof piece === 'string' ? inner(piece) : undefined));
  const render: TextTemplate = (variables) => {
    let json = '"';
    fillable.fill(variables).forEach((piece, index) => {
      json += ready[index] ?? inner(piece);
    });
    return `${json}"`;
  };
  if (ready.includes(undefined)) return render;
  const fixed = render({});
  return () => fixed;
};
