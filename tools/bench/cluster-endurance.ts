import type { Usage } from '../cluster/usage.ts';
import type { Stage } from '../torture/stage.ts';
import { noteLags, noteMemory } from './cluster-notes.ts';
import { sendToAll, type Run } from './cluster-run.ts';
import { say, type Figures } from './figures.ts';
import type { Histograms } from './histograms.ts';

export interface Endurance {
  readonly usage: Usage;
  readonly people: number;
  readonly rounds: number;
  readonly lags: () => Promise<Histograms>;
}

const NO_LAGS: Histograms = new Map();

/** From the first order to the last outcome. */
const wholeOf = (runs: readonly Run[]): Run | undefined => {
  const [first, last] = [runs[0], runs.at(-1)];
  return first && last
    ? { ...last, sending: { from: first.span.from, until: last.span.until } }
    : undefined;
};

/** Sends to everybody again and again: nothing may pile up, neither in memory nor before a consumer. */
export const endure = async (
  figures: Figures,
  stage: Stage,
  { usage, people, rounds, lags }: Endurance,
): Promise<void> => {
  const runs: Run[] = [];
  const seen = [await lags()];
  for (let round = 1; round <= rounds; round += 1) {
    const run = await sendToAll(stage, `Round ${round}`, people);
    runs.push(run);
    seen.push(await lags());
    say(`   round ${round}: ${run.rate.toFixed(0)} messages/s`);
  }
  figures.note('recipients of all rounds', people * rounds, '');
  figures.note('fastest round', Math.max(...runs.map(({ rate }) => rate)), 'messages/s');
  figures.note('slowest round', Math.min(...runs.map(({ rate }) => rate)), 'messages/s');
  const third = Math.ceil(rounds / 3);
  const between = (from: number, to: number) => ({
    before: seen[from] ?? NO_LAGS,
    after: seen[to] ?? NO_LAGS,
  });
  noteLags(figures, 'first third', between(0, third));
  noteLags(figures, 'last third', between(rounds - third, rounds));
  const run = wholeOf(runs);
  if (run) noteMemory(figures, 'all rounds', { run, usage });
};
