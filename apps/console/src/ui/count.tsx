import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';

/** A number; or that no channel of a broadcast reports it, which is not zero. */
export const Count = ({ value }: { readonly value: number | null }) => {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (value !== null) return count(value);
  return (
    <Text span size="xs" c="dimmed" title={t('notReportedWhy')}>
      {t('notReported')}
    </Text>
  );
};
