import { ContentRules, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';

export const rules = new ContentRules({
  messenger: 'Viber',
  schemes: ['viber'],
  urlLength: MOST_URL_LENGTH,
  labelLength: MOST_LABEL_LENGTH,
});

/** What is wrong with any text. Its length is that of `shown`, the text in Viber's own form. */
export const richTextProblems = (
  path: string,
  text: RichText,
  { shown, most }: { readonly shown: RichText; readonly most: number },
): readonly ContentProblem[] =>
  rules.text(path, text, {
    most,
    shown,
    counted: ' with formatting and addresses',
    code: path.endsWith('caption') ? 'caption_too_long' : 'text_too_long',
  });
