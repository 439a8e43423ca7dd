import { isBlank, withFallbacks, type ContentProblem, type RichText } from '@crier/connector';
import { MOST_URL_LENGTH } from '../limits.ts';
import { vkText } from './vk-text.ts';

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

/** What is wrong with any text. A variable counts by its fallback, since longer values are cut when sent. */
export const richTextProblems = (
  path: string,
  text: RichText,
  { most, kind }: { readonly most: number; readonly kind: 'text' | 'caption' },
): readonly ContentProblem[] => {
  const faults = text.faults.map(({ code, message }) => problem(path, code, message));
  const { length } = withFallbacks(vkText(text));
  const tooLong =
    length > most
      ? [
          problem(
            path,
            `${kind}_too_long`,
            `${length} characters with the addresses of links, ${most} are allowed (variables count by their fallbacks): shorten it.`,
          ),
        ]
      : [];
  return [...faults, ...tooLong, ...linkProblems(path, text)];
};

/** A text that some people would get empty is refused, since VK takes none. */
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
