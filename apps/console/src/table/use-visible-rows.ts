import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';

const ROW_PX = 60;
const BEYOND = 8;
/** So many rows before the end the next page is read. */
const AHEAD = 30;

interface VisibleRows {
  readonly indexes: readonly number[];
  /** Room for the rows above and below that are not drawn. */
  readonly abovePx: number;
  readonly belowPx: number;
}

/** Which of many rows of one height are in view. `onNearEnd`: more of them will soon be wanted. */
export const useVisibleRows = (
  count: number,
  scroller: RefObject<HTMLElement | null>,
  onNearEnd: () => void,
): VisibleRows => {
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it leaves this hook but numbers
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: BEYOND,
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const isNearEnd = count > 0 && lastIndex >= count - AHEAD;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, count, onNearEnd]);
  return {
    indexes: items.map(({ index }) => index),
    abovePx: items[0]?.start ?? 0,
    belowPx: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
};
