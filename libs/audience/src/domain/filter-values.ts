import type { Problems } from './filter-problems.ts';

const MAX_TEXT = 256;
const MAX_DAYS = 36_500;

/** A text of 1–256 characters, or undefined with a problem noted. */
export const readText = (value: unknown, path: string, problems: Problems): string | undefined => {
  if (typeof value !== 'string') {
    problems.add(path, 'FILTER_TEXT_EXPECTED', 'Write a text in quotes here.');
  } else if (value === '') {
    problems.add(path, 'FILTER_TEXT_EMPTY', 'Write at least one character here.');
  } else if (value.length > MAX_TEXT) {
    problems.add(
      path,
      'FILTER_TEXT_TOO_LONG',
      `Shorten this text to at most ${MAX_TEXT} characters.`,
    );
  } else {
    return value;
  }
  return undefined;
};

/** A number of days, or undefined with a problem noted. */
export const readDays = (value: unknown, path: string, problems: Problems): number | undefined => {
  if (typeof value === 'number' && value > 0 && value <= MAX_DAYS) return value;
  problems.add(path, 'FILTER_DAYS_INVALID', `Write a number of days above 0, at most ${MAX_DAYS}.`);
  return undefined;
};
