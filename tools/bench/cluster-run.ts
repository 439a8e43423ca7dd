import { RunBroken } from '../torture/broken.ts';
import type { Usage, Span } from '../cluster/usage.ts';
import type { Stage } from '../torture/stage.ts';
import { MESSAGE } from './world.ts';

/** Low and high partitions in turn: two dispatchers get one half each. */
const BOTS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const UNCAPPED = 100_000;
/** The most that the API takes for a bot of Telegram. */
const BOT_RATE = 1_000;
const FIRST_NAMES = ['Anna', 'Bohdan', 'Chloé', 'Daryna', 'Emil', 'Fatima', 'Grace', 'Hugo'];
const CITIES = ['Kyiv', 'Berlin', 'Lisbon', 'New York'];
const IMPORTED_WITHIN_MS = 1_500_000;
const SENT_WITHIN_MS = 1_500_000;

/** One broadcast to everybody, as measured. */
export interface Run {
  /** From the order to the last outcome. */
  readonly span: Span;
  /** From the first arrival at the messenger to the last. */
  readonly sending: Span;
  /** Messages a second between these. */
  readonly rate: number;
  /** Seconds from the order to the first arrival: freezing, and finding the lanes. */
  readonly untilFirst: number;
}

export interface Size {
  readonly people: number;
  readonly bots: number;
}

/** Bots at the highest rate there is, and so many people who know one of them each. */
export const prepare = async (stage: Stage, { people, bots }: Size): Promise<void> => {
  const ids = BOTS.slice(0, bots);
  await stage.addBots(ids, BOT_RATE);
  const lines = Array.from({ length: people }, (_none, i) =>
    [
      `p${i}`,
      FIRST_NAMES[i % FIRST_NAMES.length],
      `t${i % 50}|n${i % 7}`,
      CITIES[i % CITIES.length],
      ids[i % ids.length],
      10_000_000 + i,
    ].join(','),
  );
  const file = ['external_id,first_name,tags,var:city,bot,address', ...lines, ''].join('\n');
  await stage.importFile(file, people, { withinMs: IMPORTED_WITHIN_MS });
};

/** Sends one uncapped broadcast to everybody. @throws RunBroken where somebody got none, or two */
export const sendToAll = async (stage: Stage, name: string, people: number): Promise<Run> => {
  await stage.sandbox.forget();
  const settings = { speed: UNCAPPED };
  const { id } = await stage.draft({ name, message: MESSAGE, settings });
  const from = Date.now();
  await stage.activate(id);
  const row = await stage.until(id, ({ completedAt }) => completedAt !== null, SENT_WITHIN_MS);
  const until = Date.now();
  const { accepted, duplicates } = await stage.sandbox.counts();
  if (row.sent !== people || accepted !== people || duplicates !== 0)
    throw new RunBroken(`not honest: ${JSON.stringify({ row, accepted, duplicates })}`);
  const starts = await stage.sandbox.starts();
  const first = starts.reduce((least, at) => Math.min(least, at), Infinity);
  const last = starts.reduce((most, at) => Math.max(most, at), 0);
  return {
    span: { from, until },
    sending: { from: first, until: last },
    rate: (starts.length - 1) / ((last - first) / 1_000),
    untilFirst: (first - from) / 1_000,
  };
};

/** CPU microseconds of these processes for each recipient of a run, freezing and folding included. */
export const cpuEach = (
  usage: Usage,
  run: Run,
  { names, people }: { names: readonly string[]; people: number },
): number =>
  (names.reduce((sum, name) => sum + usage.cpuSeconds(name, run.span), 0) / people) * 1e6;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);

/** Memory of a process while a run was sending: its peak, and the last third over the first. */
export const memoryOf = (
  usage: Usage,
  name: string,
  { sending: { from, until } }: Run,
): { readonly peakMb: number; readonly growth: number } => {
  const third = (until - from) / 3;
  const first = mean(usage.memoryMb(name, { from, until: from + third }));
  const last = mean(usage.memoryMb(name, { from: until - third, until }));
  return { peakMb: Math.max(...usage.memoryMb(name, { from, until })), growth: last / first };
};
