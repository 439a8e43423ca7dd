import { Button, Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../ui/problem-alert.tsx';

/** Instead of a page that broke. */
export const BrokenPage = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start">
      <ProblemAlert error={error} />
      <Button onClick={reset}>{t('tryAgain')}</Button>
    </Stack>
  );
};
