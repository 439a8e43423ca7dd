type Texts = Readonly<Record<string, unknown>>;

/** One file for each language and namespace. A new language is a new folder beside `en`. */
const files = import.meta.glob<Texts>('../texts/*/*.json', { import: 'default' });

const partsOf = (path: string): { readonly language: string; readonly namespace: string } => {
  const [language = '', file = ''] = path.split('/').slice(-2);
  return { language, namespace: file.replace('.json', '') };
};

/** Languages that have texts. */
export const LANGUAGES: readonly string[] = [
  ...new Set(Object.keys(files).map((path) => partsOf(path).language)),
].sort();

/** The texts of one namespace; none where the language has no file for it. */
export const textsIn = async (language: string, namespace: string): Promise<Texts> =>
  (await files[`../texts/${language}/${namespace}.json`]?.()) ?? {};

/** All texts of a language, by namespace. */
export const textsOf = async (language: string): Promise<Readonly<Record<string, Texts>>> => {
  const wanted = Object.entries(files).filter(([path]) => partsOf(path).language === language);
  return Object.fromEntries(
    await Promise.all(
      wanted.map(async ([path, load]) => [partsOf(path).namespace, await load()] as const),
    ),
  );
};
