import { Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { NewBroadcast } from '../broadcasts/new-broadcast.tsx';
import { LoadingPage } from '../layout/loading-page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { BroadcastTable } from './broadcast-table.tsx';
import { NoBroadcasts } from './no-broadcasts.tsx';
import { isFiltered, type TableSearch } from './table-search.ts';
import { Toolbar } from './toolbar.tsx';
import { useColumns } from './use-columns.ts';
import { useLiveTable } from './use-live-table.ts';
import { useRows } from './use-rows.ts';

const route = getRouteApi('/broadcasts');
/** What the API sorts by where nothing is asked for. */
const NEWEST_FIRST = '-sendAt';

type Changes = Partial<Record<keyof TableSearch, string | undefined>>;

const Broadcasts = () => {
  const { t } = useTranslation('table');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { shown, toggle } = useColumns();
  const { rows, isRead, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows(search);
  const change = (changes: Changes): void => {
    void navigate({
      search: (before) => ({ ...before, ...changes }) as TableSearch,
      replace: true,
    });
  };
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (error && !isRead) return <ProblemAlert error={error} />;
  if (!isRead) return <LoadingPage />;
  if (rows.length === 0 && !isFiltered(search)) return <NoBroadcasts />;
  return (
    <>
      <Toolbar search={search} onChange={change} columns={shown} onColumn={toggle} />
      <ProblemAlert error={error} />
      {rows.length === 0 ? (
        <Text role="status">{t('nothingFound')}</Text>
      ) : (
        <BroadcastTable
          rows={rows}
          columns={shown}
          sort={search.sort ?? NEWEST_FIRST}
          onSort={(sort) => {
            change({ sort });
          }}
          hasMore={hasNextPage}
          onMore={readMore}
        />
      )}
    </>
  );
};

/** The mailing-list table: what an operator opens every morning. */
export const TablePage = () => {
  const { t } = useTranslation('table');
  useLiveTable();
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{t('title')}</PageTitle>
        <NewBroadcast>{t('new')}</NewBroadcast>
      </Group>
      <Broadcasts />
    </Stack>
  );
};
