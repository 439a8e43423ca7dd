// `npm run bench:cluster`: the distributed deployment at full speed, over the local servers.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { busiest, processesOf, Usage } from '../cluster/usage.ts';
import { ClusterStage } from '../torture/cluster-stage.ts';
import { StandaloneStage } from '../torture/standalone-stage.ts';
import { bareLoop } from './bare-loop.ts';
import { endure } from './cluster-endurance.ts';
import { noteBytes, noteLags, noteMemory, noteRun, SERVERS } from './cluster-notes.ts';
import { cpuEach, prepare, sendToAll, type Run } from './cluster-run.ts';
import { Figures, say } from './figures.ts';
import { histogramsOf, type Histograms } from './histograms.ts';
import { storedBytes } from './stored-bytes.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    recipients: { type: 'string', default: '100000' },
    offset: { type: 'string', default: '900' },
    bots: { type: 'string', default: '6' },
    bare: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '0' },
  },
});
const people = Number(values.recipients);
const bots = Number(values.bots);
/** So often to everybody, instead of the comparisons. */
const rounds = Number(values.rounds);
const figures = new Figures();
const DISPATCHER = 'dispatcher-telegram';
const IDLE_MS = 10_000;
const SHARED_WITHIN_MS = 30_000;

const metricsOf = (stage: ClusterStage): Promise<readonly string[]> =>
  Promise.all(
    stage.cluster.apps.flatMap(({ url }) =>
      url === undefined ? [] : [fetch(`${url}/metrics`).then((answer) => answer.text())],
    ),
  );

const histograms = async (stage: ClusterStage): Promise<Histograms> =>
  histogramsOf(await metricsOf(stage));

/** Waits until so many dispatchers own partitions, in equal parts. */
const shared = async (stage: ClusterStage, among: number): Promise<void> => {
  const isShared = async (): Promise<boolean> => {
    const owned = (await metricsOf(stage)).flatMap((text) => {
      const count = Number(/^crier_partitions\{[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
      return count > 0 ? [count] : [];
    });
    return owned.length === among && new Set(owned).size === 1;
  };
  if (!(await stage.within(SHARED_WITHIN_MS, isShared)))
    throw new Error(`The bots were not shared among ${among} dispatchers in time`);
};

/** How many dispatchers have sent since they started. */
const senders = async (stage: ClusterStage): Promise<number> =>
  (await metricsOf(stage)).filter((text) =>
    [...text.matchAll(/^crier_starts_total\{[^}]*\} (\d+)/gm)].some(
      ([, count]) => Number(count) > 0,
    ),
  ).length;

interface OnCluster {
  readonly cpuApps: number;
  readonly cpuAll: number;
  readonly rate: number;
}

const benchCluster = async (stage: ClusterStage): Promise<OnCluster | undefined> => {
  const root = join(stage.directory, 'cluster');
  say(`Importing ${people} people …`);
  await prepare(stage, { people, bots });
  const usage = new Usage([
    ...processesOf(stage.cluster),
    { name: 'sandbox', pid: () => stage.sandboxApp.pid },
  ]);
  try {
    if (rounds === 0) return await benchRuns(stage, usage, root);
    await shared(stage, 2);
    await endure(figures, stage, { usage, people, rounds, lags: () => histograms(stage) });
    return undefined;
  } finally {
    usage.stop();
  }
};

const benchRuns = async (stage: ClusterStage, usage: Usage, root: string): Promise<OnCluster> => {
  const idleFrom = Date.now();
  await delay(IDLE_MS);
  const idle = { from: idleFrom, until: Date.now() };
  figures.note(
    'at rest: cores, all',
    usage.names.reduce((sum, name) => sum + usage.cores(name, idle), 0),
    '',
  );
  say(`   cores at rest: ${busiest(usage, idle)}`);
  const bare = await bareLoop(stage.sandboxApp.url, Number(values.bare));
  figures.note('bare loop against the same sandbox', bare, 'messages/s');

  await shared(stage, 2);
  const before = await storedBytes(stage.cluster, root);
  const lagsBefore = await histograms(stage);
  const two = await sendToAll(stage, 'Two', people);
  if ((await senders(stage)) !== 2) throw new Error('All bots had one owner');
  noteRun(figures, 'two dispatchers', { run: two, usage });
  noteMemory(figures, 'two dispatchers', { run: two, usage });
  noteLags(figures, 'two dispatchers', { before: lagsBefore, after: await histograms(stage) });
  noteBytes(figures, people, { before, after: await storedBytes(stage.cluster, root) });

  const second = stage.cluster.of(DISPATCHER)[1];
  await second?.stop();
  await shared(stage, 1);
  const one = await sendToAll(stage, 'One', people);
  noteRun(figures, 'one dispatcher', { run: one, usage });
  second?.start();
  await second?.ready();
  await shared(stage, 2);
  const warm = await histograms(stage);
  const again = await sendToAll(stage, 'Two again', people);
  noteRun(figures, 'two dispatchers again', { run: again, usage });
  noteMemory(figures, 'two dispatchers again', { run: again, usage });
  noteLags(figures, 'two dispatchers again', { before: warm, after: await histograms(stage) });
  const rate = (two.rate + again.rate) / 2;
  figures.note('two dispatchers to one', rate / one.rate, '×');
  figures.note('two dispatchers to the bare loop', rate / bare, '');

  const apps = stage.cluster.apps.map(({ name }) => name);
  const each = (names: readonly string[]): number =>
    (cpuEach(usage, two, { names, people }) + cpuEach(usage, again, { names, people })) / 2;
  return { cpuApps: each(apps), cpuAll: each([...apps, ...SERVERS]), rate };
};

const benchStandalone = async (stage: StandaloneStage): Promise<{ run: Run; cpu: number }> => {
  say(`The same in one process: importing ${people} people …`);
  await prepare(stage, { people, bots });
  const usage = new Usage([
    { name: 'standalone', pid: () => stage.crier.pid },
    { name: 'sandbox', pid: () => stage.sandboxApp.pid },
  ]);
  try {
    const run = await sendToAll(stage, 'Standalone', people);
    usage.look();
    noteRun(figures, 'standalone', { run, usage });
    return { run, cpu: cpuEach(usage, run, { names: ['standalone'], people }) };
  } finally {
    usage.stop();
  }
};

/** The same in one process. */
const compare = async (onCluster: OnCluster): Promise<void> => {
  const stage = await StandaloneStage.open('bench');
  try {
    const { run, cpu } = await benchStandalone(stage);
    figures.note('CPU of standalone', cpu, 'µs/recipient');
    figures.note('CPU of the apps', onCluster.cpuApps, 'µs/recipient');
    figures.note('CPU of apps and servers', onCluster.cpuAll, 'µs/recipient');
    figures.note('CPU of the apps to standalone', onCluster.cpuApps / cpu, '×');
    figures.note('CPU of apps and servers to standalone', onCluster.cpuAll / cpu, '×');
    figures.note('rate, cluster to standalone', onCluster.rate / run.rate, '×');
  } finally {
    await stage.close(false);
  }
};

say(
  'The MongoDB stand-in reads whole collections to freeze an audience: many recipients are reached in rounds (--rounds 10).',
);
const clusterStage = await ClusterStage.open('bench', { offset: Number(values.offset) });
let onCluster: OnCluster | undefined;
try {
  onCluster = await benchCluster(clusterStage);
} finally {
  await clusterStage.close(false);
}
if (onCluster) await compare(onCluster);
figures.print(values.json);
process.exit();
