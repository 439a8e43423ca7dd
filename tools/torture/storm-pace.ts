import type { Span } from '../cluster/usage.ts';
import type { Figures } from './figures.ts';
import { noteLateness, type Lateness } from './idle-timer.ts';
import { busiestSecond, longestPause, perFiveSeconds, shortestOf } from './seconds.ts';

/** Of the broadcast that runs meanwhile, in messages a second. */
export const SPEED = 25;
const LEAST_RATE = SPEED * 0.99;
const BEGUN_MS = 3_000;
const TAIL_MS = 5_000;
/** An idle machine's timers are late by a tenth of it. */
const BUSY_MS = 2;

const within = (times: readonly number[], { from, until }: Span): readonly number[] =>
  times.filter((at) => at >= from && at < until);

const rateIn = (times: readonly number[], span: Span): number =>
  within(times, span).length / ((span.until - span.from) / 1_000);

/** A broadcast at 25 a second keeps its pace, whatever comes in. */
export const checkPace = (
  figures: Figures,
  starts: readonly number[],
  told: { readonly planned: number; readonly storm: Span; readonly lateness: Lateness },
): void => {
  const { planned, lateness } = told;
  const steady = { from: Math.min(...starts) + BEGUN_MS, until: Math.max(...starts) - TAIL_MS };
  figures.claim('paced: all sent', starts.length === planned, starts.length);
  figures.claim(
    'paced: the storm was counted while it ran',
    told.storm.until <= steady.until,
    `${((steady.until - told.storm.until) / 1_000).toFixed(1)} s before its end`,
  );
  const rate = rateIn(starts, steady);
  figures.claim(`paced: rate (≥ ${LEAST_RATE})`, rate >= LEAST_RATE, rate.toFixed(2));
  const storm = { from: told.storm.from, until: Math.min(told.storm.until, steady.until) };
  const inStorm = within(starts, storm);
  const stormy = rateIn(starts, storm);
  figures.claim(
    `paced: rate during the storm (≥ ${LEAST_RATE})`,
    // One message more or less at the edges of a short storm is not its pace.
    stormy >= LEAST_RATE - 1_000 / (storm.until - storm.from),
    stormy.toFixed(2),
  );
  noteLateness(figures, lateness);
  const tight = shortestOf(starts, SPEED + 2);
  const sinceBegin = ((tight.from - Math.min(...starts)) / 1_000).toFixed(1);
  const busiest = busiestSecond(starts);
  const most = SPEED + (lateness.p99 > BUSY_MS ? 2 : 1);
  figures.claim(
    `paced: starts in the busiest sliding second (≤ 26; 27 on a busy machine, here ≤ ${most})`,
    busiest <= most,
    busiest,
  );
  figures.note(
    'paced: the shortest time with 27 starts',
    `${tight.ms.toFixed(1)} ms, ${sinceBegin} s after the first`,
  );
  figures.note('paced: busiest sliding second during the storm', busiestSecond(inStorm));
  figures.note('paced: longest pause during the storm, ms', Math.round(longestPause(inStorm)));
  figures.note('paced: starts in each 5 s', perFiveSeconds(starts).join(' '));
};
