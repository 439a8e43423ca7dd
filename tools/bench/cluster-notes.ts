import { busiest, type Usage } from '../cluster/usage.ts';
import { memoryOf, type Run } from './cluster-run.ts';
import { say, type Figures } from './figures.ts';
import { p99Between, type Histograms } from './histograms.ts';
import type { StoredBytes } from './stored-bytes.ts';

export const SERVERS = ['eventstoredb', 'kafka', 'mongodb'];
const GOALS = { bytes: 600, growth: 1.2 };

export interface Measured {
  readonly run: Run;
  readonly usage: Usage;
}

/** How fast a run was, and who worked for it. */
export const noteRun = (figures: Figures, what: string, { run, usage }: Measured): void => {
  figures.note(`${what}: rate`, run.rate, 'messages/s');
  figures.note(`${what}: until the first message`, run.untilFirst, 's');
  say(`   cores of ${what} while sending: ${busiest(usage, run.sending)}`);
  for (const name of usage.names) {
    const cores = usage.cores(name, run.sending);
    if (cores >= 0.02) figures.note(`${what}: cores, ${name}`, cores, '');
  }
  figures.note(`${what}: cores, others on this machine`, usage.coresOfOthers(run.sending), '');
};

/** The memory of every process in a run: peak, and whether it grew. */
export const noteMemory = (figures: Figures, what: string, { run, usage }: Measured): void => {
  for (const name of usage.names) {
    const { peakMb, growth } = memoryOf(usage, name, run);
    const isOurs = !SERVERS.includes(name) && name !== 'sandbox';
    figures.note(`${what}: memory of ${name}, peak`, peakMb, 'MB');
    if (isOurs)
      figures.note(`${what}: memory of ${name}, last third to first`, growth, '×', [
        '≤',
        GOALS.growth,
      ]);
  }
};

/** How old messages and events were when they were dealt with. */
export const noteLags = (
  figures: Figures,
  what: string,
  { before, after }: { before: Histograms; after: Histograms },
): void => {
  for (const key of after.keys()) {
    const p99 = p99Between(before, after, key);
    if (p99 !== undefined) figures.note(`${what}: ${key} p99, at most`, p99, 's');
  }
};

/** What a run left behind in the stores. */
export const noteBytes = (
  figures: Figures,
  people: number,
  { before, after }: { before: StoredBytes; after: StoredBytes },
): void => {
  const grown = (name: 'eventstoredb' | 'kafka' | 'mongodb'): number =>
    (after.files[name] - before.files[name]) / people;
  const events = (after.content.eventstoredb - before.content.eventstoredb) / people;
  const documents = (after.content.mongodb - before.content.mongodb) / people;
  figures.note('stored: events', events, 'B/recipient');
  figures.note(
    'stored: files of eventstoredb, events included',
    grown('eventstoredb'),
    'B/recipient',
  );
  figures.note('stored: files of kafka', grown('kafka'), 'B/recipient');
  figures.note('stored: documents', documents, 'B/recipient');
  const all = grown('eventstoredb') + grown('kafka') + documents;
  figures.note('stored: all', all, 'B/recipient', ['≤', GOALS.bytes]);
  figures.note('contacts themselves, documents', before.contacts / people, 'B/contact');
  say(
    `   file of mongodb: ${before.files.mongodb} before, ${after.files.mongodb} after, mostly former versions`,
  );
};
