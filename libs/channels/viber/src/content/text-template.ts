import { FillableText, type RichText } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';
import type { Notation } from './viber-text.ts';

/** The text for one person, as a JSON string. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

const inner = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Prepares a text in Viber's own form, at most so many characters; values are plain text whatever they hold. */
export const textTemplate = (
  shown: RichText,
  { harmless }: Notation,
  most: number,
): TextTemplate => {
  const fillable = new FillableText(shown, most);
  const ready = shown.pieces.map((piece) => (typeof piece === 'string' ? inner(piece) : undefined));
  const render: TextTemplate = (variables) => {
    let json = '"';
    fillable.fill(variables).forEach((piece, index) => {
      json += ready[index] ?? inner(harmless(piece));
    });
    return `${json}"`;
  };
  if (ready.includes(undefined)) return render;
  const fixed = render({});
  return () => fixed;
};
