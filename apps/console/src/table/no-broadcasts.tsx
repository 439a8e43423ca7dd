import { Center, Stack, Text, Title } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NewBroadcast } from '../broadcasts/new-broadcast.tsx';

export const NoBroadcasts = () => {
  const { t } = useTranslation('table');
  return (
    <Center mih="50vh">
      <Stack align="center" maw={440} ta="center">
        <IconSpeakerphone size={56} stroke={1.2} aria-hidden />
        <Title order={2} size="h3">
          {t('empty.title')}
        </Title>
        <Text c="dimmed">{t('empty.text')}</Text>
        <NewBroadcast>{t('empty.action')}</NewBroadcast>
      </Stack>
    </Center>
  );
};
