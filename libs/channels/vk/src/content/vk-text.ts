import { FillableText, type RichText, type Span, type Variable } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';

type Piece = string | Variable;

const MENTION_IN_BRACKETS = /\[((?:id|club|public|event)\d+)\|/g;
const MENTION_BY_SIGN = /[@*](?=(?:id|club|public|event)\d)/g;
const LOOKALIKES: Readonly<Record<string, string>> = { '@': '＠', '*': '∗' };

/** A person's value, as long as before, that mentions nobody. */
const harmless = (value: string): string =>
  value
    .replace(MENTION_IN_BRACKETS, '[$1∣')
    .replace(MENTION_BY_SIGN, (sign) => LOOKALIKES[sign] ?? sign);

const labelOf = ({ from, to }: Span, pieces: readonly Piece[]): string =>
  pieces
    .slice(from, to)
    .map((piece) => (typeof piece === 'string' ? piece : ''))
    .join('');

/** The text as VK's messages show it: they have no formatting, and a link is its label and its address. */
export const vkText = ({ pieces, spans, faults }: RichText): RichText => {
  const closes: string[] = [];
  for (const span of spans)
    if (span.style === 'link' && span.url !== labelOf(span, pieces))
      closes[span.to] = ` (${span.url ?? ''})${closes[span.to] ?? ''}`;
  const shown = [...pieces, ''].flatMap((piece, index) => [closes[index] ?? '', piece]);
  return { pieces: shown.filter((piece) => piece !== ''), spans: [], faults };
};

/** The text for one person. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

/** Prepares a text of at most so many characters; values are plain text whatever they hold. */
export const textTemplate = (text: RichText, most: number): TextTemplate => {
  const shown = vkText(text);
  const fillable = new FillableText(shown, most);
  const render: TextTemplate = (variables) =>
    fillable
      .fill(variables)
      .map((piece, index) => (typeof shown.pieces[index] === 'string' ? piece : harmless(piece)))
      .join('');
  if (shown.pieces.some((piece) => typeof piece !== 'string')) return render;
  const fixed = render({});
  return () => fixed;
};
