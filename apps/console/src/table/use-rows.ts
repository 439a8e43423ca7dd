import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import type { BroadcastRow } from '../api/types.ts';
import { ROWS, type RowPage } from '../broadcasts/row-pages.ts';
import { rowsQueryOf, type TableSearch } from './table-search.ts';

const PAGE = 100;
const NO_ROWS: readonly BroadcastRow[] = [];

const readPage = (
  search: TableSearch,
  after: string | undefined,
  signal: AbortSignal,
): Promise<RowPage> => {
  const query = { ...rowsQueryOf(search), limit: PAGE, ...(after === undefined ? {} : { after }) };
  return answered(client.GET('/v1/broadcasts', { params: { query }, signal }));
};

/** The rows that the address asks for, read page after page as they are wanted. */
export const useRows = (search: TableSearch) => {
  const { data, ...rest } = useInfiniteQuery({
    queryKey: [...ROWS, search],
    queryFn: ({ pageParam, signal }) => readPage(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? NO_ROWS, [data]);
  return { ...rest, rows, isRead: data !== undefined };
};
