import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startStandalone } from '../processes.ts';
import { Client, p95 } from './client.ts';
import { say } from './figures.ts';
import { TOKEN, type BenchOptions } from './sending.ts';
import { fill, fillHistory } from './world.ts';

const SORTS = ['-sendAt', 'name', '-sent', '-failed'] as const;
const TIMES = 200;
const GOAL_MS = 20;

/** List and report with many broadcasts in the past. */
export const benchReading = async ({
  broadcasts,
  figures,
  flags,
  folder,
  sandboxUrl,
}: BenchOptions): Promise<void> => {
  say(`Filling ${broadcasts} broadcasts …`);
  const data = join(folder, 'history');
  await fill(data, { contacts: 1, sizes: [], sandboxUrl });
  const ids = await fillHistory(data, broadcasts);
  const standalone = await startStandalone(data, TOKEN, { flags });
  const client = new Client(standalone.url, TOKEN);
  const newest = async (): Promise<string | undefined> =>
    (await client.call<{ items: { id: string }[] }>('GET', '/v1/broadcasts?limit=1')).items[0]?.id;
  while ((await newest()) !== ids.at(-1)) await delay(500);

  const list = (i: number): Promise<unknown> =>
    client.call('GET', `/v1/broadcasts?limit=50&sort=${SORTS[i % SORTS.length] ?? ''}`);
  const report = (i: number): Promise<unknown> =>
    client.call('GET', `/v1/broadcasts/${ids[(i * 37) % ids.length] ?? ''}/report`);
  figures.note(`list at ${broadcasts} broadcasts p95`, await p95(TIMES, list), 'ms', [
    '≤',
    GOAL_MS,
  ]);
  figures.note(`report at ${broadcasts} broadcasts p95`, await p95(TIMES, report), 'ms', [
    '≤',
    GOAL_MS,
  ]);
  await standalone.stop();
};
