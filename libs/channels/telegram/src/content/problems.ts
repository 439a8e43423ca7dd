import { ContentRules, problem, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_ENTITIES, MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';

export const rules = new ContentRules({
  messenger: 'Telegram',
  schemes: ['tg'],
  urlLength: MOST_URL_LENGTH,
  labelLength: MOST_LABEL_LENGTH,
});

const formattingProblems = (path: string, { spans }: RichText): readonly ContentProblem[] =>
  spans.length > MOST_ENTITIES
    ? [
        problem(
          path,
          'formatting_too_much',
          `At most ${MOST_ENTITIES} formatted stretches are shown.`,
        ),
      ]
    : [];

const codeOf = (path: string): string =>
  path.endsWith('caption') ? 'caption_too_long' : 'text_too_long';

/** What is wrong with any text. */
export const richTextProblems = (
  path: string,
  text: RichText,
  most: number,
): readonly ContentProblem[] => [
  ...rules.text(path, text, { most, code: codeOf(path) }),
  ...formattingProblems(path, text),
];
