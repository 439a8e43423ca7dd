import i18next, { type BackendModule, type CustomTypeOptions, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, textsIn } from './languages.ts';

type Namespace = keyof CustomTypeOptions['resources'];

const KEY = 'crier.language';
const FALLBACK = 'en';
/** What every page needs; the others are loaded together with the pages that show them. */
const AT_ONCE = ['acts', 'common', 'problems', 'session', 'table', 'words'] as const;

const isKnown = (language: string): boolean => LANGUAGES.includes(language);

/** The language chosen here before, else the first of the browser's that has texts. */
const preferred = (): string =>
  [localStorage.getItem(KEY) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))].find(
    isKnown,
  ) ?? FALLBACK;

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    textsIn(language, namespace).then(
      (texts) => {
        done(null, texts);
      },
      (error: unknown) => {
        done(String(error), false);
      },
    );
  },
};

const show = (language: string): void => {
  document.documentElement.lang = language;
};

/** Loads the texts of the language that the reader wants. To be awaited before anything is shown. */
export const startTexts = async (language = preferred()): Promise<i18n> => {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: FALLBACK,
      ns: AT_ONCE,
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  i18next.on('languageChanged', show);
  show(i18next.language);
  return i18next;
};

/** Shows another language, here and at the next visit. */
export const chooseLanguage = async (language: string): Promise<void> => {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
};

/** A page that is loaded when it is first opened, with its texts. */
export const withTexts = async <Page>(
  namespaces: readonly Namespace[],
  load: () => Promise<Page>,
): Promise<Page> => {
  const [page] = await Promise.all([load(), i18next.loadNamespaces(namespaces)]);
  return page;
};
