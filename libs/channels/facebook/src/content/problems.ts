import type { ContentProblem, RichText } from '@crier/connector';
import { isBlank, withFallbacks } from '@crier/connector';
import { MOST_URL_LENGTH } from '../limits.ts';
import { plainText } from './plain-text.ts';

export const problem = (path: string, code: string, message: string): ContentProblem => ({
  path,
  code,
  message,
});

const WEB: readonly (string | undefined)[] = ['http:', 'https:'];

/** True for the address of something on the web. */
export const isWebAddress = (url: unknown): url is string =>
  typeof url === 'string' &&
  url.length <= MOST_URL_LENGTH &&
  !/\s/.test(url) &&
  WEB.includes(URL.parse(url)?.protocol);

const linkProblems = (path: string, { spans }: RichText): readonly ContentProblem[] =>
  spans
    .filter(({ style, url }) => style === 'link' && !isWebAddress(url))
    .map(({ url = '' }) =>
      problem(
        path,
        'link_invalid',
        `The link "${url.slice(0, 60)}" needs an http or https address of at most ${MOST_URL_LENGTH} characters.`,
      ),
    );

/** How much of a text Messenger shows, and what to do where there is more. */
export interface Room {
  readonly most: number;
  /** The code of the problem. */
  readonly code: string;
  readonly fix: string;
}

/** What is wrong with any text; a variable counts by its fallback, since longer values are cut when sent. */
export const richTextProblems = (
  path: string,
  text: RichText,
  { most, code, fix }: Room,
): readonly ContentProblem[] => {
  const faults = text.faults.map((fault) => problem(path, fault.code, fault.message));
  const { length } = withFallbacks(plainText(text));
  const tooLong =
    length > most
      ? [
          problem(
            path,
            code,
            `${length} characters with the addresses of links, ${most} are allowed (variables count by their fallbacks): ${fix}.`,
          ),
        ]
      : [];
  return [...faults, ...tooLong, ...linkProblems(path, text)];
};

/** A text that some people would get empty is refused, since Messenger sends nothing then. */
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
