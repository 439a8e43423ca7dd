export type Labels = Readonly<Record<string, string>>;

/** Counts what a log must not: things that happen often. Names and units follow Prometheus (`…_total`, `…_seconds`). */
export abstract class Meter {
  abstract count(name: string, labels: Labels, by?: number): void;
  abstract observe(name: string, labels: Labels, value: number): void;
  /** What stands now: it counts until something else is told. */
  abstract gauge(name: string, labels: Labels, value: number): void;
}

/** Counts nothing. For tests and libraries used without metrics. */
export class SilentMeter extends Meter {
  count(): void {
    /* silent */
  }

  observe(): void {
    /* silent */
  }

  gauge(): void {
    /* silent */
  }
}
