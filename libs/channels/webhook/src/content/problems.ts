import { isBlank, withFallbacks, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_URL_LENGTH } from '../limits.ts';

export type Problems = readonly ContentProblem[];

export const problem = (path: string, code: string, message: string): ContentProblem => ({
  path,
  code,
  message,
});

/** True for the address of something on the web. */
export const isWebAddress = (url: unknown): url is string =>
  typeof url === 'string' &&
  url.length <= MOST_URL_LENGTH &&
  !/\s/.test(url) &&
  /^https?:$/.test(URL.parse(url)?.protocol ?? '');

const linkProblems = (path: string, { spans }: RichText): Problems =>
  spans
    .filter(({ style, url }) => style === 'link' && !isWebAddress(url))
    .map(({ url = '' }) =>
      problem(
        path,
        'link_invalid',
        `The link "${url.slice(0, 60)}" needs an http or https address of at most ${MOST_URL_LENGTH} characters.`,
      ),
    );

/** What is wrong with a text. A variable counts by its fallback, since longer values are cut when sent. */
export const textProblems = (path: string, text: RichText, most: number): Problems => {
  const faults = text.faults.map(({ code, message }) => problem(path, code, message));
  const { length } = withFallbacks(text);
  const field = path.slice(path.lastIndexOf('.') + 1);
  const tooLong = `${length} characters, ${most} are allowed (variables count by their fallbacks): shorten it.`;
  return [
    ...faults,
    ...(length > most ? [problem(path, `${field}_too_long`, tooLong)] : []),
    ...linkProblems(path, text),
  ];
};

/** A message has to say something to everybody. */
export const blankProblems = (path: string, text: RichText): Problems =>
  isBlank(text)
    ? [
        problem(
          path,
          'text_empty',
          'The text is empty, or is so where variables have no value: write something, or give a variable a fallback.',
        ),
      ]
    : [];
