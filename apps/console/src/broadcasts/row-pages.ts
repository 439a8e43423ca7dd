import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { BroadcastRow } from '../api/types.ts';
import type { RowChanges } from '../live/row-changes.ts';

export interface RowPage {
  readonly items: readonly BroadcastRow[];
  readonly next?: string;
}

export type RowPages = InfiniteData<RowPage, string | undefined>;

/** Where the pages of the table are kept, whatever their filters. */
export const ROWS = ['broadcast-rows'] as const;

const pageWith = (page: RowPage, changes: RowChanges): RowPage => {
  if (!page.items.some(({ id }) => changes.has(id))) return page;
  const items = page.items.flatMap(
    (row) => changes.get(row.id) ?? (changes.has(row.id) ? [] : [row]),
  );
  return { ...page, items };
};

const pagesWith = (data: RowPages | undefined, changes: RowChanges): RowPages | undefined =>
  data && { ...data, pages: data.pages.map((page) => pageWith(page, changes)) };

/** Puts rows that changed in their places in every table that shows them. */
export const applyChanges = (queries: QueryClient, changes: RowChanges): void => {
  queries.setQueriesData<RowPages>({ queryKey: ROWS }, (data) => pagesWith(data, changes));
};

/** Whether a table that was read lacks one of these rows. */
export const lacksSome = (queries: QueryClient, changes: RowChanges): boolean => {
  const known = queries
    .getQueriesData<RowPages>({ queryKey: ROWS })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap(({ items }) => items);
  const ids = new Set(known.map(({ id }) => id));
  return [...changes].some(([id, row]) => row !== null && !ids.has(id));
};
