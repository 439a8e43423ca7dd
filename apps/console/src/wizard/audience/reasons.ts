import { useTranslation } from 'react-i18next';

/** Why somebody who matches gets no message, in words; a reason that has none, by its code. */
export const useReason = (): ((reason: string) => string) => {
  const { t, i18n } = useTranslation('wizard');
  return (reason) =>
    i18n.exists(`wizard:reason.${reason}`) ? t(`reason.${reason as 'no_content'}`) : reason;
};
