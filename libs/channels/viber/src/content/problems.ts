import type { ContentProblem, RichText } from '@crier/connector';
import { isBlank, withFallbacks } from '@crier/connector';
import { MOST_URL_LENGTH } from '../limits.ts';

export const problem = (path: string, code: string, message: string): ContentProblem => ({
  path,
  code,
  message,
});

const WEB: readonly string[] = ['http:', 'https:'];
const LINKS: readonly string[] = [...WEB, 'viber:'];

const schemeOf = (url: string): string => (/\s/.test(url) ? '' : (URL.parse(url)?.protocol ?? ''));

const hasScheme = (url: unknown, schemes: readonly string[]): url is string =>
  typeof url === 'string' && url.length <= MOST_URL_LENGTH && schemes.includes(schemeOf(url));

/** True for the address of something on the web. */
export const isWebAddress = (url: unknown): url is string => hasScheme(url, WEB);

/** True for what a button or a link may open. */
export const isLinkAddress = (url: unknown): url is string => hasScheme(url, LINKS);

const linkProblems = (path: string, { spans }: RichText): readonly ContentProblem[] =>
  spans
    .filter(({ style, url }) => style === 'link' && !isLinkAddress(url))
    .map(({ url = '' }) =>
      problem(
        path,
        'link_invalid',
        `The link "${url.slice(0, 60)}" needs an http, https or viber address of at most ${MOST_URL_LENGTH} characters.`,
      ),
    );

/**
 * What is wrong with any text. Its length is that of `shown`, the text in Viber's own form; a variable counts by its
 * fallback, since longer values are cut when sent.
 */
export const richTextProblems = (
  path: string,
  text: RichText,
  { shown, most }: { readonly shown: RichText; readonly most: number },
): readonly ContentProblem[] => {
  const faults = text.faults.map(({ code, message }) => problem(path, code, message));
  const { length } = withFallbacks(shown);
  const tooLong =
    length > most
      ? [
          problem(
            path,
            path.endsWith('caption') ? 'caption_too_long' : 'text_too_long',
            `${length} characters with formatting and addresses, ${most} are allowed (variables count by their fallbacks): shorten it.`,
          ),
        ]
      : [];
  return [...faults, ...tooLong, ...linkProblems(path, text)];
};

/** A text that some people would get empty is refused, since Viber sends nothing then. */
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
