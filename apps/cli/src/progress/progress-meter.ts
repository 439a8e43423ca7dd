import type { Sums } from '../api/shapes.ts';

/** How far a broadcast has come. */
export interface Progress {
  readonly planned: number;
  /** Recipients that have an outcome. */
  readonly done: number;
  /** 0 to 1; 1 only when nothing waits. */
  readonly share: number;
  /** Outcomes per second over the last ten seconds. */
  readonly perSecond: number;
  /** Undefined while nobody can tell. */
  readonly secondsLeft: number | undefined;
}

interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const WINDOW_MS = 10_000;

export const doneOf = ({ sent, failed, skipped, unconfirmed }: Sums): number =>
  sent + failed + skipped + unconfirmed;

/** Turns rows into progress: remembers the last ten seconds. */
export class ProgressMeter {
  #samples: readonly Sample[] = [];

  /** `atMs`: a monotonic clock. A retry takes outcomes back; the rate never falls below nothing for that. */
  add(row: Sums, atMs: number): Progress {
    const done = doneOf(row);
    const recent = this.#samples.filter((one) => atMs - one.atMs <= WINDOW_MS && one.done <= done);
    this.#samples = [...recent, { atMs, done }];
    const [oldest = { atMs, done }] = this.#samples;
    const seconds = (atMs - oldest.atMs) / 1_000;
    const perSecond = seconds > 0 ? (done - oldest.done) / seconds : 0;
    const left = Math.max(row.planned - done, 0);
    return {
      planned: row.planned,
      done,
      share: row.planned === 0 ? 0 : Math.min(done / row.planned, 1),
      perSecond,
      secondsLeft: left === 0 ? 0 : perSecond > 0 ? left / perSecond : undefined,
    };
  }
}
