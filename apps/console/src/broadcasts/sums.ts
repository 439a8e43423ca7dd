export const SUMMED = ['planned', 'sent', 'failed', 'skipped', 'unconfirmed', 'waiting'] as const;

export type Summed = Readonly<Record<(typeof SUMMED)[number], number>>;

/** Adds up what has the same key, in the order in which the keys come. */
export const sumsBy = <Row extends Summed>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Summed> => {
  const sums = new Map<string, Summed>();
  for (const row of rows) {
    const before: Summed | undefined = sums.get(keyOf(row));
    sums.set(keyOf(row), before ? plus(before, row) : row);
  }
  return sums;
};

const plus = (one: Summed, other: Summed): Summed => ({
  planned: one.planned + other.planned,
  sent: one.sent + other.sent,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  unconfirmed: one.unconfirmed + other.unconfirmed,
  waiting: one.waiting + other.waiting,
});
