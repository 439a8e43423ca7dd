import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const LoadingPage = () => {
  const { t } = useTranslation();
  return (
    <Center mih="40vh">
      <Loader role="status" aria-label={t('loading')} />
    </Center>
  );
};
