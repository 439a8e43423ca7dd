/** Buckets of Prometheus histograms: `name{topic}` → upper bound in seconds → how many lie below it. */
export type Histograms = ReadonlyMap<string, ReadonlyMap<number, number>>;

const BUCKET = /^(crier_\w+_seconds)_bucket\{([^}]*)\} (\d+)/gm;

interface Bucket {
  readonly key: string;
  readonly bound: number;
  readonly count: number;
}

const bucketsIn = (text: string): readonly Bucket[] =>
  [...text.matchAll(BUCKET)].map(([, name = '', labels = '', count = '']) => {
    const about = /(?:topic|projection)="([^"]+)"/.exec(labels)?.[1] ?? '';
    const bound = Number(/le="([^"]+)"/.exec(labels)?.[1]?.replace('+Inf', 'Infinity'));
    return { key: `${name}{${about}}`, bound, count: Number(count) };
  });

/** The histograms in texts of `/metrics`, those of several copies added up. */
export const histogramsOf = (texts: readonly string[]): Histograms => {
  const all = new Map<string, Map<number, number>>();
  for (const { key, bound, count } of texts.flatMap(bucketsIn)) {
    const buckets = all.get(key) ?? new Map<number, number>();
    buckets.set(bound, (buckets.get(bound) ?? 0) + count);
    all.set(key, buckets);
  }
  return all;
};

/** The bound, in seconds, that 99 % of what came between two readings stayed below; undefined where nothing came. */
export const p99Between = (
  before: Histograms,
  after: Histograms,
  key: string,
): number | undefined => {
  const grown = [...(after.get(key) ?? [])]
    .map(([bound, count]) => [bound, count - (before.get(key)?.get(bound) ?? 0)] as const)
    .sort(([one], [other]) => one - other);
  const total = grown.at(-1)?.[1] ?? 0;
  return total === 0 ? undefined : grown.find(([, count]) => count >= total * 0.99)?.[0];
};
