import { ContentRules, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { vkText } from './vk-text.ts';

export const rules = new ContentRules({
  messenger: 'VK',
  urlLength: MOST_URL_LENGTH,
  labelLength: MOST_LABEL_LENGTH,
});

/** What is wrong with any text. */
export const richTextProblems = (
  path: string,
  text: RichText,
  { most, kind }: { readonly most: number; readonly kind: 'text' | 'caption' },
): readonly ContentProblem[] =>
  rules.text(path, text, {
    most,
    shown: vkText(text),
    counted: ' with the addresses of links',
    code: `${kind}_too_long`,
  });
