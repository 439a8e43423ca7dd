/** Lists as they are after an edit; what is given stays as it is. */
export const moved = <T>(items: readonly T[], from: number, to: number): readonly T[] => {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
};

export const replaced = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
  items.with(index, item);

export const inserted = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
  items.toSpliced(index, 0, item);

export const removed = <T>(items: readonly T[], index: number): readonly T[] =>
  items.toSpliced(index, 1);
