import { isBlank, withFallbacks, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_ENTITIES, MOST_URL_LENGTH } from '../limits.ts';

export const problem = (path: string, code: string, message: string): ContentProblem => ({
  path,
  code,
  message,
});

const SCHEMES: readonly string[] = ['http:', 'https:', 'tg:'];

const schemeOf = (url: string): string => (/\s/.test(url) ? '' : (URL.parse(url)?.protocol ?? ''));

/** True for an address of one of these schemes that Telegram takes. */
export const isAddress = (url: unknown, schemes: readonly string[] = SCHEMES): url is string =>
  typeof url === 'string' && url.length <= MOST_URL_LENGTH && schemes.includes(schemeOf(url));

const linkProblems = (path: string, { spans }: RichText): readonly ContentProblem[] =>
  spans
    .filter(({ style, url }) => style === 'link' && !isAddress(url))
    .map(({ url = '' }) =>
      problem(
        path,
        'link_invalid',
        `The link "${url.slice(0, 60)}" needs an http, https or tg address of at most ${MOST_URL_LENGTH} characters.`,
      ),
    );

/** What is wrong with any text. Lengths count a variable by its fallback; longer values are cut when sent. */
export const richTextProblems = (
  path: string,
  text: RichText,
  most: number,
): readonly ContentProblem[] => {
  const problems = text.faults.map(({ code, message }) => problem(path, code, message));
  const { length } = withFallbacks(text);
  if (length > most)
    problems.push(
      problem(
        path,
        path.endsWith('caption') ? 'caption_too_long' : 'text_too_long',
        `${length} characters, ${most} are allowed (variables count by their fallbacks): shorten it.`,
      ),
    );
  if (text.spans.length > MOST_ENTITIES)
    problems.push(
      problem(
        path,
        'formatting_too_much',
        `At most ${MOST_ENTITIES} formatted stretches are shown.`,
      ),
    );
  return [...problems, ...linkProblems(path, text)];
};

/** A text that some people would get empty is refused, since Telegram sends nothing then. */
export const blankProblems = (path: string, text: RichText): readonly ContentProblem[] =>
  isBlank(text)
    ? [
        problem(
          path,
          'text_empty',
          'The text is empty, or is so where variables have no value: write something, or give a variable a fallback.',
        ),
      ]
    : [];
