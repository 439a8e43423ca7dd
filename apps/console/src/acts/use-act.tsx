import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';
import type { BroadcastRow } from '../api/types.ts';
import type { Act } from './acts.ts';

const ActDialog = lazy(async () => ({ default: (await import('./act-dialog.tsx')).ActDialog }));

interface Asked {
  readonly act: Act;
  readonly row: BroadcastRow;
}

interface Asking {
  readonly ask: (act: Act, row: BroadcastRow) => void;
  /** To be shown somewhere on the page. */
  readonly dialog: ReactNode;
}

/** Asks before something is done with a broadcast. `rows`: as they are now, so that the numbers are of this moment. */
export const useAct = (rows: readonly BroadcastRow[], onDeleted?: () => void): Asking => {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback((act: Act, row: BroadcastRow) => {
    setAsked({ act, row });
  }, []);
  const close = (): void => {
    setAsked(undefined);
  };
  const row = asked && (rows.find(({ id }) => id === asked.row.id) ?? asked.row);
  const dialog =
    asked && row ? (
      <Suspense>
        <ActDialog act={asked.act} row={row} onClose={close} onDeleted={onDeleted} />
      </Suspense>
    ) : null;
  return { ask, dialog };
};
