import { Alert, Group, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../ui/status-badge.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import type { Broadcast } from '../api/types.ts';

/** A broadcast that cannot be edited here: why, and where all of it is shown. */
export const ClosedBroadcast = ({ broadcast }: { readonly broadcast: Broadcast }) => {
  const { t } = useTranslation('wizard');
  const { id, name, status } = broadcast;
  return (
    <Stack>
      <Group>
        <PageTitle>{name}</PageTitle>
        <StatusBadge status={status} />
      </Group>
      <Alert icon={<IconLock aria-hidden />} title={t('closed.title')}>
        {t(status === 'draft' ? 'closed.role' : 'closed.text')}
      </Alert>
      <Group>
        <ButtonLink to="/broadcasts/$broadcastId" params={{ broadcastId: id }}>
          {t('closed.report')}
        </ButtonLink>
      </Group>
    </Stack>
  );
};
