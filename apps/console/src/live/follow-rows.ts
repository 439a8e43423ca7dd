import type { QueryClient } from '@tanstack/react-query';
import { listen } from './event-stream.ts';
import { notePace } from './pace.ts';
import { RowGatherer, type RowChanges } from './row-changes.ts';

interface Following {
  readonly onChanges: (changes: RowChanges) => void;
  /** What happened in between was missed. */
  readonly onReopened: () => void;
}

/** Follows rows of broadcasts, and how fast they go, until what it gives is called. */
export const followRows = (
  queries: QueryClient,
  path: string,
  { onChanges, onReopened }: Following,
): (() => void) => {
  const gatherer = new RowGatherer((changes) => {
    for (const row of changes.values()) if (row) notePace(queries, row);
    onChanges(changes);
  });
  const close = listen(path, {
    onEvent: (event) => {
      gatherer.take(event);
    },
    onReopened,
  });
  return () => {
    close();
    gatherer.stop();
  };
};
