import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startStandalone, type Running } from '../processes.ts';
import { bareLoop } from './bare-loop.ts';
import { Client, p95 } from './client.ts';
import { say, type Figures } from './figures.ts';
import { SandboxRecord } from './sandbox-record.ts';
import { fill, MESSAGE, sizes, tagOf } from './world.ts';

export interface BenchOptions {
  /** Sizes of the audiences, smallest first; the second one is measured against the bare loop. */
  readonly audiences: readonly number[];
  readonly broadcasts: number;
  /** For node, as `npm start` gives them. */
  readonly flags: readonly string[];
  readonly folder: string;
  readonly sandboxUrl: string;
  readonly figures: Figures;
}

export const TOKEN = 'bench-admin-token-bench';
const UNCAPPED = 100_000;
const GOALS = {
  memoryMb: 200,
  share: 0.77,
  lagMs: 500,
  bytes: 300,
  freeze: 200_000,
  countMs: 100,
  rebuild: 200_000,
};

interface Run {
  readonly size: number;
  readonly rate: number;
  readonly peakMb: number;
  readonly cpuUs: number;
}

/** Sends one uncapped broadcast to each size of audience, each time from the same freshly filled data directory. */
export const benchSending = async (options: BenchOptions): Promise<void> => {
  const { audiences, figures, folder, sandboxUrl } = options;
  const filled = join(folder, 'filled');
  const largest = Math.max(...audiences);
  say(`Filling ${largest} contacts …`);
  await fill(filled, { contacts: largest, sizes: audiences, sandboxUrl });
  const runs: Run[] = [];
  for (const size of audiences) runs.push(await sendTo(size, filled, options));
  const [smallest] = runs;
  const biggest = runs.at(-1);
  if (!smallest || !biggest) return;
  figures.note('memory, largest to smallest', biggest.peakMb / smallest.peakMb, '×', ['≤', 1.3]);
  figures.note('CPU per recipient, largest to smallest', biggest.cpuUs / smallest.cpuUs, '×', [
    '≤',
    1.1,
  ]);
};

const sendTo = async (size: number, filled: string, options: BenchOptions): Promise<Run> => {
  const { audiences, figures, flags, folder, sandboxUrl } = options;
  const data = join(folder, `run-${size}`);
  cpSync(filled, data, { recursive: true });
  const before = await sizes(data);
  const record = new SandboxRecord(sandboxUrl);
  const isYardstick = size === audiences[1];
  const bareBefore = isYardstick ? await bareRate(options, size) : 0;
  await record.reset();

  const standalone = await startStandalone(data, TOKEN, {
    flags,
    env: { CRIER_SPEED_CEILING: String(UNCAPPED) },
  });
  const client = new Client(standalone.url, TOKEN);
  const { run, id } = await measured(size, standalone, client, record);
  figures.note(`rate at ${size}`, run.rate, 'messages/s');
  figures.note(`peak memory at ${size}`, run.peakMb, 'MB', ['≤', GOALS.memoryMb]);
  figures.note(`CPU at ${size}`, run.cpuUs, 'µs/recipient');
  if (isYardstick) await compare(options, { run, client, bareBefore });
  if (size === Math.max(...audiences)) await benchBulk(options, { size, id, client });
  await standalone.stop();
  if (isYardstick)
    noteDisk(figures, { before, after: await sizes(data), size, contacts: Math.max(...audiences) });
  rmSync(data, { recursive: true });
  return run;
};

const measured = async (
  size: number,
  standalone: Running,
  client: Client,
  record: SandboxRecord,
): Promise<{ run: Run; id: string }> => {
  const cpuBefore = standalone.cpuSeconds();
  const row = await client.send(tagOf(size), MESSAGE, UNCAPPED);
  const { accepted, duplicates } = await record.counts();
  if (row.sent !== size || accepted !== size || duplicates !== 0)
    throw new Error(`Not honest: ${JSON.stringify({ row, accepted, duplicates })}`);
  const cpuUs = ((standalone.cpuSeconds() - cpuBefore) / size) * 1e6;
  return {
    run: { size, rate: await record.rate(), peakMb: standalone.peakMb(), cpuUs },
    id: row.id,
  };
};

const bareRate = async ({ sandboxUrl }: BenchOptions, count: number): Promise<number> => {
  await new SandboxRecord(sandboxUrl).reset();
  return bareLoop(sandboxUrl, count);
};

const compare = async (
  options: BenchOptions,
  { run, client, bareBefore }: { run: Run; client: Client; bareBefore: number },
): Promise<void> => {
  const { figures } = options;
  const metrics = await client.call<string>('GET', '/metrics');
  const lagMs = p99Of(metrics, 'crier_projection_lag_seconds') * 1_000;
  figures.note('projection lag p99 at full speed', lagMs, 'ms', ['≤', GOALS.lagMs]);
  const bare = (bareBefore + (await bareRate(options, run.size))) / 2;
  figures.note('bare loop, before and after', bare, 'messages/s');
  figures.note('share of the bare loop', run.rate / bare, '', ['≥', GOALS.share]);
};

/** The 99th percentile of a Prometheus histogram: the bound of the bucket it falls into. */
const p99Of = (metrics: string, name: string): number => {
  const buckets = [
    ...metrics.matchAll(new RegExp(`^${name}_bucket\\{.*le="([^"]+)".*\\} (\\d+)`, 'gm')),
  ];
  const total = Number(buckets.at(-1)?.[2] ?? 0);
  return Number(buckets.find(([, , count]) => Number(count) >= total * 0.99)?.[1] ?? Infinity);
};

const FILTERS = [
  { status: 'enabled' },
  { all: [{ status: 'enabled' }, { tag: 't7' }] },
  { all: [{ status: 'enabled' }, { tunnel: 'f3' }, { variable: 'city', is: 'Kyiv' }] },
  { all: [{ any: [{ tag: 't1' }, { tag: 't2' }] }, { none: [{ tunnel: 'f5' }] }] },
  { all: [{ variable: 'orders', above: 5 }, { lastActive: { withinDays: 30 } }] },
] as const;

/** What works on many at once: freezing, counting, rebuilding. */
const benchBulk = async (
  { figures }: BenchOptions,
  { size, id, client }: { size: number; id: string; client: Client },
): Promise<void> => {
  const { history } = await client.call<{ history: { what: string; at: string }[] }>(
    'GET',
    `/v1/broadcasts/${id}/report`,
  );
  const at = (what: string): number =>
    Date.parse(history.find((entry) => entry.what === what)?.at ?? '');
  const freezeSeconds = (at('AudienceFrozen') - at('BroadcastStarted')) / 1_000;
  figures.note('freeze', size / freezeSeconds, 'contacts/s', ['≥', GOALS.freeze]);
  const count = (i: number): Promise<unknown> =>
    client.call('POST', '/v1/audience/count', {
      filter: FILTERS[i % FILTERS.length],
      route: 'main',
    });
  figures.note(`live count at ${size} contacts p95`, await p95(100, count), 'ms', [
    '≤',
    GOALS.countMs,
  ]);
  const start = performance.now();
  await client.call('POST', '/v1/admin/rebuild');
  while (await rebuilding(client)) await delay(20);
  figures.note('rebuild', size / ((performance.now() - start) / 1_000), 'outcomes/s', [
    '≥',
    GOALS.rebuild,
  ]);
};

const rebuilding = async (client: Client): Promise<boolean> => {
  const { items } = await client.call<{ items: { rebuilding: boolean }[] }>(
    'GET',
    '/v1/admin/projections',
  );
  return items.some((one) => one.rebuilding);
};

const noteDisk = (
  figures: Figures,
  disk: {
    before: Record<string, number>;
    after: Record<string, number>;
    size: number;
    contacts: number;
  },
): void => {
  const { before, after, size, contacts } = disk;
  const grown = Object.entries(after).map(
    ([name, bytes]) => [name, (bytes - (before[name] ?? 0)) / size] as const,
  );
  for (const [name, bytes] of grown)
    if (bytes > 0.5) figures.note(`disk: ${name}`, bytes, 'B/recipient');
  const all = grown.reduce((sum, [, bytes]) => sum + bytes, 0);
  figures.note('disk written by the broadcast', all, 'B/recipient', ['≤', GOALS.bytes]);
  const contactBytes = (before['contacts.db'] ?? 0) / contacts;
  figures.note('disk with the contacts themselves', all + contactBytes, 'B/recipient');
};
