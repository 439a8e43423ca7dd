import { FillableText, type RichText } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';
import { markdownOf } from './markdown.ts';

/** The text for one person, as a JSON string. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

type Writer = (pieces: readonly string[]) => string;

const template = (text: RichText, most: number, write: Writer): TextTemplate => {
  const fillable = new FillableText(text, most);
  const render: TextTemplate = (variables) => JSON.stringify(write(fillable.fill(variables)));
  if (text.pieces.some((piece) => typeof piece !== 'string')) return render;
  const fixed = render({});
  return () => fixed;
};

/** Prepares a message's text: Markdown, of at most so many characters for its reader. */
export const textTemplate = (text: RichText, most: number): TextTemplate =>
  template(text, most, (pieces) => markdownOf(text, pieces));

const withAddresses = ({ pieces, spans, faults }: RichText): RichText => {
  const shown: RichText['pieces'][number][] = [];
  for (const [index, piece] of pieces.entries()) {
    shown.push(piece);
    for (const { style, to, url = '' } of spans)
      if (style === 'link' && to === index + 1 && piece !== url) shown.push(` (${url})`);
  }
  return { pieces: shown, spans: [], faults };
};

/** Words of a card, where no markup is promised to be read: without styles, and links with their addresses. */
export const cardText = (text: RichText): RichText => withAddresses(text);

/** Prepares words of a card. */
export const plainTemplate = (text: RichText, most: number): TextTemplate =>
  template(text, most, (pieces) => pieces.join(''));
