import { QueryClient, useQuery } from '@tanstack/react-query';
import type { BroadcastRow } from '../api/types.ts';

interface Seen {
  readonly at: number;
  readonly done: number;
}

const OVER_MS = 6_000;
const LEAST_MS = 900;
const NOTHING: readonly Seen[] = [];
const keyOf = (id: string) => ['pace', id] as const;

/** How many of a broadcast are settled. */
export const doneOf = ({ planned, waiting }: Pick<BroadcastRow, 'planned' | 'waiting'>): number =>
  planned - waiting;

/** Notes how far a broadcast has come now. */
export const notePace = (queries: QueryClient, row: BroadcastRow, at = Date.now()): void => {
  if (row.status !== 'sending') {
    queries.removeQueries({ queryKey: keyOf(row.id) });
    return;
  }
  const seen = queries.getQueryData<readonly Seen[]>(keyOf(row.id)) ?? NOTHING;
  const recent = seen.filter((one) => at - one.at <= OVER_MS);
  queries.setQueryData(keyOf(row.id), [...recent, { at, done: doneOf(row) }]);
};

/** People a second, over the last seconds; undefined while too little was seen. */
export const paceIn = (seen: readonly Seen[]): number | undefined => {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS) return undefined;
  return Math.max(0, ((last.done - first.done) * 1_000) / (last.at - first.at));
};

/** The pace of a broadcast that is sending, by the rows that came lately. */
export const usePace = (id: string): number | undefined =>
  paceIn(
    useQuery<readonly Seen[]>({ queryKey: keyOf(id), queryFn: () => NOTHING, enabled: false })
      .data ?? NOTHING,
  );
