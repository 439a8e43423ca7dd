import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';
import type { BroadcastReport } from '../api/types.ts';
import { followRows } from '../live/follow-rows.ts';

/** The whole report is larger than its row: it is read anew less often. */
const LEAST_PAUSE_MS = 3_000;

const askedOf = (id: string) =>
  api.queryOptions('get', '/v1/broadcasts/{id}/report', { params: { path: { id } } });

/** The report of one broadcast, as it is at every moment. */
export const useLiveReport = (id: string) => {
  const queries = useQueryClient();
  useEffect(() => {
    const { queryKey } = askedOf(id);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAnew = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey });
      }, LEAST_PAUSE_MS);
    };
    const stop = followRows(queries, `/v1/broadcasts/${id}/events`, {
      onChanges: (changes) => {
        const row = changes.get(id);
        if (row)
          queries.setQueryData<BroadcastReport>(queryKey, (report) => report && { ...report, row });
        readAnew();
      },
      onReopened: readAnew,
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id, queries]);
  return useQuery(askedOf(id));
};
