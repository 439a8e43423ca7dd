import type { Button, Element } from '@crier/contracts';
import type { BadContent } from './connector-facts.ts';

type Problems = BadContent['problems'];

/** One element, of whatever form, with everything that is to be said about it. */
export const element = (title: string, one: unknown, ...problems: Problems): BadContent => ({
  title,
  elements: [one as Element],
  problems,
});

/** A text whose problems are all its own. */
export const text = (title: string, written: unknown, ...codes: readonly string[]): BadContent =>
  element(
    title,
    { type: 'text', text: written },
    ...codes.map((code) => ['elements[0].text', code] as const),
  );

/** A link button that is good but for what is given. */
export const button = (title: string, one: object, field: string, code: string): BadContent => {
  const whole = { kind: 'link', label: 'a', url: 'https://a.b', ...one };
  return element(title, { type: 'text', text: 'x', buttons: [whole] }, [
    `elements[0].buttons[0].${field}`,
    code,
  ]);
};

/** A file whose address is wrong. */
export const file = (title: string, type: string, url: string, code: string): BadContent =>
  element(title, { type, url }, ['elements[0].url', code]);

/** A gallery of these cards. */
export const gallery = (title: string, cards: unknown, ...problems: Problems): BadContent =>
  element(title, { type: 'gallery', cards }, ...problems);

/** A message button. */
export const press = (label: string): Button => ({ kind: 'message', label, payload: '' });

/** The same so many times. */
export const times = <T>(count: number, one: T): readonly T[] =>
  Array.from({ length: count }, () => one);
