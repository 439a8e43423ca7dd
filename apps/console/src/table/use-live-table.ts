import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyChanges, lacksSome, ROWS } from '../broadcasts/row-pages.ts';
import { followRows } from '../live/follow-rows.ts';

/** Reading anew costs a request for every page that was read. */
const LEAST_PAUSE_MS = 3_000;

/** Keeps the rows of the table as they are at every moment. */
export const useLiveTable = (): void => {
  const queries = useQueryClient();
  useEffect(() => {
    let readAt = 0;
    const readAnew = (): void => {
      if (Date.now() - readAt < LEAST_PAUSE_MS) return;
      readAt = Date.now();
      void queries.invalidateQueries({ queryKey: ROWS });
    };
    return followRows(queries, '/v1/broadcasts/events', {
      onChanges: (changes) => {
        if (lacksSome(queries, changes)) readAnew();
        applyChanges(queries, changes);
      },
      onReopened: readAnew,
    });
  }, [queries]);
};
