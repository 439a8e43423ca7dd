/** A lane that still sends. `most`: what its bot can do, in starts per second. */
export interface LaneLoad {
  readonly lane: number;
  readonly waiting: number;
  readonly most: number;
}

/** In proportion to what waits, none above what its bot can do; what one cannot use goes to the others. */
const waterFilled = (speed: number, lanes: readonly LaneLoad[]): Map<number, number> => {
  const shares = new Map<number, number>();
  let left = speed;
  let open = lanes.filter(({ waiting }) => waiting > 0);
  while (open.length > 0) {
    const level = left / open.reduce((sum, { waiting }) => sum + waiting, 0);
    const full = open.filter(({ waiting, most }) => waiting * level >= most);
    if (full.length === 0) {
      for (const { lane, waiting } of open) shares.set(lane, waiting * level);
      return shares;
    }
    for (const { lane, most } of full) {
      shares.set(lane, most);
      left -= most;
    }
    open = open.filter((lane) => !full.includes(lane));
  }
  return shares;
};

/** Whole numbers of the same sum, at least 1 each (largest remainders): then the starts of all lanes in a second never exceed the speed. */
const wholeShares = (shares: ReadonlyMap<number, number>): Map<number, number> => {
  const whole = new Map([...shares].map(([lane, share]) => [lane, Math.max(1, Math.floor(share))]));
  const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
  let spare = Math.floor(sum(shares.values()) + 1e-9) - sum(whole.values());
  const byRemainder = [...shares].sort(([, a], [, b]) => (b % 1) - (a % 1));
  for (const [lane, share] of byRemainder) {
    if (spare < 1 || (whole.get(lane) ?? 0) > share) continue;
    whole.set(lane, (whole.get(lane) ?? 0) + 1);
    spare -= 1;
  }
  const byShare = [...whole].sort(([, a], [, b]) => b - a);
  for (let i = 0; spare < 0 && i < byShare.length; i += 1) {
    const [lane, share] = byShare[i] ?? [0, 0];
    const taken = Math.min(share - 1, -spare);
    whole.set(lane, share - taken);
    spare += taken;
  }
  return whole;
};

/**
 * How a broadcast's speed is divided among its lanes so that they end together. Whole numbers where every lane can have at
 * least one start a second, parts otherwise; the sum is at most `speed`.
 */
export const sharesOf = (
  speed: number,
  lanes: readonly LaneLoad[],
): ReadonlyMap<number, number> => {
  const shares = waterFilled(speed, lanes);
  return shares.size <= speed ? wholeShares(shares) : shares;
};
