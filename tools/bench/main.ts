import 'reflect-metadata';
import Table from 'cli-table3';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareLoop } from './bare-loop.ts';
import { Client, p95 } from './client.ts';
import { startSandbox, startStandalone } from '../processes.ts';
import { fill, fillHistory, MESSAGE, sizes, tagOf } from './world.ts';

const TOKEN = 'bench-admin-token-bench';
const UNCAPPED = 100_000;
const UNLIMITED = { CRIER_SPEED_CEILING: String(UNCAPPED) };

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Sizes of the audiences, smallest first; the middle one is measured against the bare loop. */
    sizes: { type: 'string', default: '10000,200000,1000000' },
    broadcasts: { type: 'string', default: '10000' },
    flags: { type: 'string', default: '--max-semi-space-size=16' },
  },
});
const audiences = values.sizes.split(',').map(Number);
const flags = values.flags.split(' ').filter((flag) => flag !== '');
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const figures: Figure[] = [];
const note = (
  name: string,
  value: number,
  unit: string,
  goal: readonly ['≥' | '≤', number] | undefined,
): void => {
  const met = goal === undefined || (goal[0] === '≥' ? value >= goal[1] : value <= goal[1]);
  figures.push({ name, value, unit, goal: goal?.join(' ') ?? '', met });
  say(`${met ? '  ' : '! '}${name}: ${round(value)} ${unit}`);
};
const round = (value: number): number => Number(value.toPrecision(4));

interface Run {
  readonly size: number;
  readonly rate: number;
  readonly peakMb: number;
  readonly cpuUs: number;
}

const counts = async (url: string): Promise<{ accepted: number; duplicates: number }> =>
  (await (await fetch(`${url}/sandbox/telegram/counts`)).json()) as {
    accepted: number;
    duplicates: number;
  };
const reset = async (url: string): Promise<void> => {
  await fetch(`${url}/sandbox/telegram/record`, { method: 'DELETE' });
};

/** Messages a second between the first and the last arrival at the sandbox. */
const rateAt = async (url: string): Promise<number> => {
  const starts = (await (await fetch(`${url}/sandbox/telegram/starts`)).json()) as number[];
  const first = starts[0] ?? 0;
  const last = starts.at(-1) ?? 0;
  return (starts.length - 1) / ((last - first) / 1_000);
};

/** The 99th percentile of a Prometheus histogram: the bound of the bucket it falls into. */
const p99Of = (metrics: string, name: string): number => {
  const buckets = [
    ...metrics.matchAll(new RegExp(`^${name}_bucket\\{.*le="([^"]+)".*\\} (\\d+)`, 'gm')),
  ];
  const total = Number(buckets.at(-1)?.[2] ?? 0);
  return Number(buckets.find(([, , count]) => Number(count) >= total * 0.99)?.[1] ?? Infinity);
};

const largest = Math.max(...audiences);
const folder = mkdtempSync(join(tmpdir(), 'crier-bench-'));
const filled = join(folder, 'filled');
cpSync(mkdtempSync(join(folder, 'x')), filled, { recursive: true });
const sandbox = await startSandbox();

try {
  say(`Filling ${largest} contacts …`);
  await fill(filled, { contacts: largest, sizes: audiences, sandboxUrl: sandbox.url });

  const runs: Run[] = [];
  for (const size of audiences) {
    const data = join(folder, `run-${size}`);
    cpSync(filled, data, { recursive: true });
    const bytesBefore = await sizes(data);
    const isYardstick = size === audiences[1];
    await reset(sandbox.url);
    const bareBefore = isYardstick ? await bareLoop(sandbox.url, size) : 0;
    await reset(sandbox.url);

    const standalone = await startStandalone(data, TOKEN, { flags, env: UNLIMITED });
    const client = new Client(standalone.url, TOKEN);
    const cpuBefore = standalone.cpuSeconds();
    const row = await client.send(tagOf(size), MESSAGE, UNCAPPED);
    const run = {
      size,
      rate: await rateAt(sandbox.url),
      peakMb: standalone.peakMb(),
      cpuUs: ((standalone.cpuSeconds() - cpuBefore) / size) * 1e6,
    };
    runs.push(run);
    const { accepted, duplicates } = await counts(sandbox.url);
    if (row.sent !== size || accepted !== size || duplicates !== 0)
      throw new Error(`Not honest: ${JSON.stringify({ row, accepted, duplicates })}`);
    note(`rate at ${size}`, run.rate, 'messages/s', undefined);
    note(`peak memory at ${size}`, run.peakMb, 'MB', ['≤', 200]);
    note(`CPU at ${size}`, run.cpuUs, 'µs/recipient', undefined);
    if (isYardstick) {
      const metrics = await client.call<string>('GET', '/metrics');
      note(
        'projection lag p99 at full speed',
        p99Of(metrics, 'crier_projection_lag_seconds') * 1_000,
        'ms',
        ['≤', 500],
      );
      await reset(sandbox.url);
      const bareAfter = await bareLoop(sandbox.url, size);
      note('bare loop before and after', (bareBefore + bareAfter) / 2, 'messages/s', undefined);
      note('share of the bare loop', run.rate / ((bareBefore + bareAfter) / 2), '', ['≥', 0.77]);
    }
    if (size === largest) {
      const report = await client.call<{ history: { what: string; at: string }[] }>(
        'GET',
        `/v1/broadcasts/${row.id}/report`,
      );
      const at = (what: string): number =>
        Date.parse(report.history.find((entry) => entry.what === what)?.at ?? '');
      note(
        'freeze',
        size / ((at('AudienceFrozen') - at('BroadcastStarted')) / 1_000),
        'contacts/s',
        ['≥', 200_000],
      );
      const filters = [
        { status: 'enabled' },
        { all: [{ status: 'enabled' }, { tag: 't7' }] },
        { all: [{ status: 'enabled' }, { tunnel: 'f3' }, { variable: 'city', is: 'Kyiv' }] },
        { all: [{ any: [{ tag: 't1' }, { tag: 't2' }] }, { none: [{ tunnel: 'f5' }] }] },
        { all: [{ variable: 'orders', above: 5 }, { lastActive: { withinDays: 30 } }] },
      ];
      const count = (i: number): Promise<unknown> =>
        client.call('POST', '/v1/audience/count', {
          filter: filters[i % filters.length],
          route: 'main',
        });
      note(`live count at ${size} contacts p95`, await p95(100, count), 'ms', ['≤', 100]);
      const start = performance.now();
      await client.call('POST', '/v1/admin/rebuild');
      note('rebuild', size / ((performance.now() - start) / 1_000), 'outcomes/s', ['≥', 200_000]);
    }
    await standalone.stop();
    if (isYardstick) {
      const after = await sizes(data);
      const grown = Object.entries(after).map(
        ([name, bytes]) => [name, (bytes - (bytesBefore[name] ?? 0)) / size] as const,
      );
      for (const [name, bytes] of grown)
        if (bytes > 0.5) note(`disk: ${name}`, bytes, 'B/recipient', undefined);
      note(
        'disk written by the broadcast',
        grown.reduce((sum, [, bytes]) => sum + bytes, 0),
        'B/recipient',
        ['≤', 300],
      );
      note(
        'disk in all, contacts too',
        Object.values(after).reduce((a, b) => a + b, 0) / largest,
        'B/contact',
        undefined,
      );
    }
    rmSync(data, { recursive: true });
  }
  const [smallest] = runs;
  const biggest = runs.at(-1);
  if (smallest && biggest) {
    note('memory, largest to smallest', biggest.peakMb / smallest.peakMb, '×', ['≤', 1.3]);
    note('CPU per recipient, largest to smallest', biggest.cpuUs / smallest.cpuUs, '×', ['≤', 1.1]);
  }

  say(`Filling ${values.broadcasts} broadcasts …`);
  const history = join(folder, 'history');
  cpSync(mkdtempSync(join(folder, 'y')), history, { recursive: true });
  await fill(history, { contacts: 1, sizes: [], sandboxUrl: sandbox.url });
  const ids = await fillHistory(history, Number(values.broadcasts));
  const standalone = await startStandalone(history, TOKEN, { flags });
  const client = new Client(standalone.url, TOKEN);
  const newest = ids.at(-1) ?? '';
  while (
    (await client.call<{ items: { id: string }[] }>('GET', '/v1/broadcasts?limit=1')).items[0]
      ?.id !== newest
  )
    await new Promise((resolve) => setTimeout(resolve, 500));
  const sorts = ['sendAt', 'name', 'sent', 'failed'];
  const list = (i: number): Promise<unknown> =>
    client.call('GET', `/v1/broadcasts?limit=50&sort=${sorts[i % sorts.length] ?? ''}`);
  note(`list at ${values.broadcasts} broadcasts p95`, await p95(200, list), 'ms', ['≤', 20]);
  const report = (i: number): Promise<unknown> =>
    client.call('GET', `/v1/broadcasts/${ids[(i * 37) % ids.length] ?? ''}/report`);
  note(`report at ${values.broadcasts} broadcasts p95`, await p95(200, report), 'ms', ['≤', 20]);
  await standalone.stop();
} finally {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}

if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else {
  const table = new Table({ head: ['figure', 'value', 'unit', 'goal', ''] });
  for (const { name, value, unit, goal, met } of figures)
    table.push([name, round(value), unit, goal, goal === '' ? '' : met ? 'met' : 'MISSED']);
  process.stdout.write(`${table.toString()}\n`);
}
