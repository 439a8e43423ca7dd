import type { StoredEvent } from '@crier/kernel';
import { ReadModelFold } from '../application/read-model-fold.ts';
import type { Mailing } from '../domain/mailing.ts';
import { reportOf } from '../domain/presenting.ts';
import { EmptyGeneration } from './empty-generation.ts';
import { asStored, type Fact } from './facts.ts';

/** What a history of one broadcast folds to. */
export const given = async (facts: readonly Fact[]) => {
  const fold = new ReadModelFold(new EmptyGeneration());
  for (const stored of asStored(facts)) await fold.fold(stored);
  return seen(fold);
};

/** What a fold holds, of its first broadcast. */
export const seen = (fold: ReadModelFold) => {
  const { mailings, pages, hours } = fold.changes();
  const [mailing] = mailings;
  const report = reportOf(
    mailing as Mailing,
    hours.flatMap(({ minutes }) => minutes),
  );
  const places = pages
    .toSorted((a, b) => a.lane - b.lane || a.page.from - b.page.from)
    .flatMap(({ page }) =>
      Array.from({ length: page.size }, (_, slot) => page.place(page.from + slot)),
    );
  return { row: report.row, report, places };
};

/** Folds a history after which the next event must be refused. */
export const givenThen = async (facts: readonly Fact[], next: StoredEvent): Promise<void> => {
  const fold = new ReadModelFold(new EmptyGeneration());
  for (const stored of asStored(facts)) await fold.fold(stored);
  await fold.fold(next);
};
