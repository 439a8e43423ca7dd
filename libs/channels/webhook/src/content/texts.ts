import { FillableText, parsePlainText, parseRichText } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';
import { markdownOf, plainOf } from './markdown.ts';

/** A piece of JSON with one person's values. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

const template = (
  { text, most }: { readonly text: ReturnType<typeof parseRichText>; readonly most: number },
  write: (pieces: readonly string[]) => string,
): TextTemplate => {
  const fillable = new FillableText(text, most);
  if (text.pieces.some((piece) => typeof piece !== 'string'))
    return (variables) => write(fillable.fill(variables));
  const fixed = write(fillable.fill({}));
  return () => fixed;
};

/** A text of at most so many characters in both of its forms: `{"plain":"…","markdown":"…"}`. */
export const richTemplate = (written: string, most: number): TextTemplate => {
  const text = parseRichText(written);
  return template({ text, most }, (pieces) =>
    JSON.stringify({ plain: plainOf(text, pieces), markdown: markdownOf(text, pieces) }),
  );
};

/** Words without styles, as a JSON string. */
export const plainTemplate = (written: string, most: number): TextTemplate =>
  template({ text: parsePlainText(written), most }, (pieces) => JSON.stringify(pieces.join('')));
