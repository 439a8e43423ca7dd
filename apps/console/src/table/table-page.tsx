import { Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { NewBroadcast } from '../broadcasts/new-broadcast.tsx';
import { LoadingPage } from '../layout/loading-page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { BroadcastTable } from './broadcast-table.tsx';
import { NoBroadcasts } from './no-broadcasts.tsx';

const Rows = () => {
  const { data, error } = api.useQuery('get', '/v1/broadcasts', { params: { query: {} } });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  return data.items.length === 0 ? <NoBroadcasts /> : <BroadcastTable rows={data.items} />;
};

/** The mailing-list table: what an operator opens every morning. */
export const TablePage = () => {
  const { t } = useTranslation('table');
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{t('title')}</PageTitle>
        <NewBroadcast>{t('new')}</NewBroadcast>
      </Group>
      <Rows />
    </Stack>
  );
};
