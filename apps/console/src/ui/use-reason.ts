import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Says a reason code in words: of a hold, a failure, a skip. Channels may have reasons of their own: these as they are. */
export const useReason = (): ((code: string) => string) => {
  const { t, i18n } = useTranslation('words');
  return useCallback(
    (code) =>
      i18n.exists(`words:reason.${code}`)
        ? t(`reason.${code}` as 'reason.blocked')
        : code.replaceAll('_', ' '),
    [t, i18n],
  );
};
