import { ContentRules, type ContentProblem, type RichText, type Room } from '@crier/connector';
import { MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { plainText } from './plain-text.ts';

export const rules = new ContentRules({
  messenger: 'Messenger',
  urlLength: MOST_URL_LENGTH,
  labelLength: MOST_LABEL_LENGTH,
});

/** What is wrong with any text. */
export const richTextProblems = (
  path: string,
  text: RichText,
  room: Room,
): readonly ContentProblem[] =>
  rules.text(path, text, {
    ...room,
    shown: plainText(text),
    counted: ' with the addresses of links',
  });
