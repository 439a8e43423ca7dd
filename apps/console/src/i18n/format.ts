import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How counts and moments are written in one language. Moments are shown in the reader's own time zone. */
export interface Format {
  readonly count: (value: number) => string;
  readonly dateTime: (instant: string) => string;
}

const formatFor = (language: string): Format => {
  const counts = new Intl.NumberFormat(language);
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    count: (value) => counts.format(value),
    dateTime: (instant) => moments.format(new Date(instant)),
  };
};

export const useFormat = (): Format => {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
};
