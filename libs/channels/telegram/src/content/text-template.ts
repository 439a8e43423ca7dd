import { FillableText, type RichText, type Span } from '@crier/connector';
import type { VariableValue } from '@crier/contracts';
import type { MessageEntity } from '@grammyjs/types';

/** The fields of a request that say a text: `"text":"…","entities":[…]`, or nothing for an empty one. */
export type TextTemplate = (variables: Readonly<Record<string, VariableValue>>) => string;

const TYPES = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strikethrough',
  code: 'code',
  pre: 'pre',
  link: 'text_link',
} as const satisfies Record<Span['style'], MessageEntity['type']>;

const inner = (text: string): string => JSON.stringify(text).slice(1, -1);

interface EntityForm {
  readonly from: number;
  readonly to: number;
  /** Everything before the number of the offset. */
  readonly head: string;
}

const formOf = ({ style, from, to, url, language }: Span): EntityForm => {
  const more = { type: TYPES[style], ...(url && { url }), ...(language && { language }) };
  return { from, to, head: `${JSON.stringify(more).slice(0, -1)},"offset":` };
};

const entitiesAt = (forms: readonly EntityForm[], offsets: readonly number[]): string => {
  let entities = '';
  for (const { from, to, head } of forms) {
    const offset = offsets[from] ?? 0;
    const length = (offsets[to] ?? 0) - offset;
    if (length > 0) entities += `${entities === '' ? '' : ','}${head}${offset},"length":${length}}`;
  }
  return entities;
};

/**
 * Prepares a text. Styles are sent as entities, never as markup, so a value can neither break them nor bring its own.
 * `fields`: the names of the text and of its entities.
 */
export const textTemplate = (
  text: RichText,
  fields: readonly ['text', 'entities'] | readonly ['caption', 'caption_entities'],
  most: number,
): TextTemplate => {
  const [textField, entitiesField] = fields;
  const fillable = new FillableText(text, most);
  const forms = text.spans.map(formOf);
  const ready = text.pieces.map((piece) => (typeof piece === 'string' ? inner(piece) : undefined));

  const render: TextTemplate = (variables) => {
    const offsets = [0];
    let length = 0;
    let json = '';
    fillable.fill(variables).forEach((piece, index) => {
      length += piece.length;
      offsets.push(length);
      json += ready[index] ?? inner(piece);
    });
    if (length === 0) return '';
    const entities = entitiesAt(forms, offsets);
    const styled = entities === '' ? '' : `,"${entitiesField}":[${entities}]`;
    return `"${textField}":"${json}"${styled}`;
  };

  if (ready.includes(undefined)) return render;
  const fixed = render({});
  return () => fixed;
};
