import { useTranslation } from 'react-i18next';

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A duration in its two largest units. */
export const useDuration = (): ((seconds: number) => string) => {
  const { t } = useTranslation('wizard');
  return (seconds) => {
    let left = Math.round(seconds);
    const parts = UNITS.flatMap(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count === 0 ? [] : [t(`duration.${unit}`, { count })];
    });
    return parts.length === 0 ? t('duration.seconds', { count: 0 }) : parts.slice(0, 2).join(' ');
  };
};
