import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyChanges, lacksSome, ROWS } from '../broadcasts/row-pages.ts';
import { listen } from '../live/event-stream.ts';
import { notePace } from '../live/pace.ts';
import { RowGatherer, type RowChanges } from '../live/row-changes.ts';

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
    const gatherer = new RowGatherer((changes: RowChanges) => {
      for (const row of changes.values()) if (row) notePace(queries, row);
      if (lacksSome(queries, changes)) readAnew();
      applyChanges(queries, changes);
    });
    const close = listen('/v1/broadcasts/events', {
      onEvent: (event) => {
        gatherer.take(event);
      },
      onReopened: readAnew,
    });
    return () => {
      close();
      gatherer.stop();
    };
  }, [queries]);
};
