import { describe, expect, it } from 'vitest';
import { LANGUAGES, textsOf } from './languages.ts';

type Texts = Readonly<Record<string, unknown>>;

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** `table.columns.name` and so on, plural forms without their form. */
const keysOf = (texts: unknown, path = ''): readonly string[] =>
  typeof texts === 'object' && texts !== null
    ? Object.entries(texts).flatMap(([key, inner]) =>
        keysOf(inner, path === '' ? key : `${path}.${key}`),
      )
    : [path];

const pluralsOf = (keys: readonly string[]): ReadonlySet<string> =>
  new Set(keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));

const textAt = (texts: Texts, key: string): string =>
  String(key.split('.').reduce<unknown>((inner, part) => (inner as Texts)[part], texts));

const placesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name).sort();

const english = await textsOf('en');
const others = LANGUAGES.filter((language) => language !== 'en');

describe('the texts', () => {
  it('are there in English and in Ukrainian', () => {
    expect(LANGUAGES).toEqual(expect.arrayContaining(['en', 'uk']));
  });

  it.each(others)('in %s say all that the English say, and nothing else', async (language) => {
    const texts = await textsOf(language);
    const plain = (from: Texts) => new Set(keysOf(from).map((key) => key.replace(PLURAL, '')));
    expect([...plain(texts)].sort()).toEqual([...plain(english)].sort());
  });

  it.each(LANGUAGES)('in %s have every plural form that the language has', async (language) => {
    const texts = await textsOf(language);
    const keys = keysOf(texts);
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const plural of pluralsOf(keys))
      expect(keys).toEqual(
        expect.arrayContaining(pluralCategories.map((form) => `${plural}_${form}`)),
      );
  });

  it.each(others)('in %s fill in the same values, and none is empty', async (language) => {
    const texts = await textsOf(language);
    for (const key of keysOf(texts)) {
      const same = keysOf(english).includes(key) ? key : key.replace(PLURAL, '_other');
      expect(textAt(texts, key)).not.toBe('');
      expect([key, placesIn(textAt(texts, key))]).toEqual([key, placesIn(textAt(english, same))]);
    }
  });
});
