import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How counts and moments are written in one language. Moments are shown in the reader's own time zone. */
export interface Format {
  readonly count: (value: number) => string;
  readonly dateTime: (instant: string) => string;
  readonly day: (instant: string) => string;
  /** A few a second, with one digit behind the point where that says something. */
  readonly pace: (perSecond: number) => string;
  /** A share of 1 as percents. */
  readonly share: (value: number) => string;
}

const formatFor = (language: string): Format => {
  const counts = new Intl.NumberFormat(language);
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const paces = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    day: (instant) => days.format(new Date(instant)),
    pace: (perSecond) => paces.format(perSecond),
    share: (value) => shares.format(value),
    count: (value) => counts.format(value),
    dateTime: (instant) => moments.format(new Date(instant)),
  };
};

export const useFormat = (): Format => {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
};
