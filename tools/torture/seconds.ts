/** The most arrivals in any sliding second (half open). Times in milliseconds, in any order. */
export const busiestSecond = (times: readonly number[]): number => {
  const sorted = [...times].sort((one, other) => one - other);
  let most = 0;
  let from = 0;
  sorted.forEach((at, index) => {
    while (at - (sorted[from] ?? at) >= 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
};

/** The value below which this share of the numbers lies. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

/** The longest pause between two arrivals, in milliseconds. */
export const longestPause = (times: readonly number[]): number => {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted.reduce((most, at, index) => Math.max(most, at - (sorted[index - 1] ?? at)), 0);
};

/** The shortest time, in milliseconds, in which so many arrived, and when it began. */
export const shortestOf = (
  times: readonly number[],
  count: number,
): { readonly ms: number; readonly from: number } => {
  const sorted = [...times].sort((one, other) => one - other);
  let shortest = { ms: Infinity, from: 0 };
  for (let last = count - 1; last < sorted.length; last += 1) {
    const from = sorted[last - count + 1] ?? 0;
    const ms = (sorted[last] ?? 0) - from;
    if (ms < shortest.ms) shortest = { ms, from };
  }
  return shortest;
};

/** How many arrived in each five seconds since the first. */
export const perFiveSeconds = (times: readonly number[]): readonly number[] => {
  const first = Math.min(...times);
  const indexOf = (at: number): number => Math.floor((at - first) / 5_000);
  const counts = Array.from({ length: indexOf(Math.max(...times)) + 1 }, () => 0);
  for (const at of times) counts[indexOf(at)] = (counts[indexOf(at)] ?? 0) + 1;
  return counts;
};
