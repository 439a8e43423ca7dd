import { Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered } from '../api/answered.ts';
import { api, client } from '../api/client.ts';
import type { BroadcastReport } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { sumsBy, SUMMED, type Summed } from '../broadcasts/sums.ts';

const NEWEST = 200;
/** Bots stand in reports alone, and each is a request. */
const REPORTS = 20;
const SENT = 'sending,held,sent,stopped';

const useNewest = () =>
  useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => {
      const query = { status: SENT, sort: '-sendAt', limit: NEWEST };
      return answered(client.GET('/v1/broadcasts', { params: { query }, signal }));
    },
  });

const useLanes = (ids: readonly string[]): readonly BroadcastReport['lanes'][number][] =>
  useQueries({
    queries: ids.map((id) =>
      api.queryOptions('get', '/v1/broadcasts/{id}/report', { params: { path: { id } } }),
    ),
    combine: (answers) => answers.flatMap(({ data }) => data?.lanes ?? []),
  });

interface SumsProps {
  readonly title: string;
  readonly sums: ReadonlyMap<string, Summed>;
}

const Sums = ({ title, sums }: SumsProps) => {
  const { t } = useTranslation('table');
  const { count } = useFormat();
  const rows = [...sums].map(([key, sum]) => ({
    key,
    cells: [key, ...SUMMED.map((name) => count(sum[name]))],
  }));
  const head = [title, ...SUMMED.map((name) => t(`columns.${name}`))];
  return <SimpleTable caption={title} head={head} rows={rows} numbers={SUMMED.length} />;
};

/** The newest broadcasts together: by day, channel and bot. */
export const OverviewPage = () => {
  const { t } = useTranslation('overview');
  const { day } = useFormat();
  const { data, error } = useNewest();
  const rows = data?.items ?? [];
  const lanes = useLanes(rows.slice(0, REPORTS).map(({ id }) => id));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  return (
    <Stack>
      <PageTitle>{t('title')}</PageTitle>
      <Section title={t('byDay')}>
        <Text size="sm" c="dimmed">
          {t('ofNewest', { count: rows.length })}
        </Text>
        <Sums title={t('day')} sums={sumsBy(rows, (row) => day(row.startedAt ?? row.createdAt))} />
      </Section>
      <Section title={t('byChannel')}>
        <Text size="sm" c="dimmed">
          {t('ofNewest', { count: Math.min(rows.length, REPORTS) })}
        </Text>
        <Sums title={t('channel')} sums={sumsBy(lanes, ({ channel }) => channel)} />
      </Section>
      <Section title={t('byBot')}>
        <Sums title={t('bot')} sums={sumsBy(lanes, ({ botId }) => botId)} />
      </Section>
    </Stack>
  );
};
