import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/links.tsx';
import { PageTitle } from '../ui/page-title.tsx';

export const NotFoundPage = () => {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start">
      <PageTitle>{t('notFound.title')}</PageTitle>
      <Text>{t('notFound.text')}</Text>
      <ButtonLink to="/broadcasts">{t('notFound.home')}</ButtonLink>
    </Stack>
  );
};
