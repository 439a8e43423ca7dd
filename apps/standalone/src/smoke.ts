import 'reflect-metadata';
import { startSandbox } from '@crier/sandbox';
import { SystemClock, freshId } from '@crier/kernel';
import { PinoLog } from '@crier/platform';
import { topics, broadcastStream } from '@crier/contracts';
import { openDataDirectory } from './data-directory.ts';
import { openStores } from './stores.ts';
import { Engine } from './engine.ts';
import { workerUrls } from './worker-url.ts';
import { rmSync } from 'node:fs';

const N = Number(process.argv[2] ?? 2000);
const speed = Number(process.argv[3] ?? 100000);
if (process.argv[5] !== 'keep') rmSync('/tmp/smoke/data', { recursive: true, force: true });
const clock = new SystemClock();
const log = PinoLog.to('stderr', 'info');
const sandbox = process.argv[4]
  ? { url: process.argv[4], close: async () => {} }
  : await startSandbox({ port: 0, acceptAnyToken: true });
const data = await openDataDirectory('/tmp/smoke/data', {
  demo: false,
  trustHost: false,
  secret: undefined,
});
const stores = await openStores(data, {
  clock,
  log,
  workerUrl: workerUrls(import.meta.url),
  publicUrl: () => 'http://127.0.0.1:8080',
});
await stores.bots.put({
  id: 'a',
  channel: 'telegram',
  name: 'A',
  credentials: { token: '1:a', webhookSecret: 'x' },
  rate: 100000,
  apiUrl: sandbox.url,
});
await stores.bots.put({
  id: 'b',
  channel: 'telegram',
  name: 'B',
  credentials: { token: '2:b', webhookSecret: 'x' },
  rate: 100000,
  apiUrl: sandbox.url,
});
let t = performance.now();
if (process.argv[5] !== 'keep')
  for (let i = 0; i < N; i += 1000)
    await stores.directory.upsert(
      Array.from({ length: Math.min(1000, N - i) }, (_, k) => ({
        firstName: 'N' + (i + k),
        connections: [{ botId: (i + k) % 2 ? 'a' : 'b', address: String(1000 + i + k) }],
      })),
    );
console.log('contacts', performance.now() - t);
console.log('idle rss', process.memoryUsage());
const engine = new Engine(stores, {
  clock,
  log,
  refSecret: data.keys.refSecret,
  publicUrl: 'http://127.0.0.1:8080',
  telegramApi: undefined,
  concurrency: 50,
  version: '0',
  safeMode: false,
});
await engine.start();
const id = freshId();
const cmd = (type: string, d: object) =>
  stores.bus.publish([
    {
      topic: topics.commands,
      key: id,
      value: {
        v: 1,
        commandId: freshId(),
        broadcastId: id,
        type,
        data: d,
        actor: 'me',
        correlationId: id,
        askedAt: clock.now(),
      },
    },
  ]);
await cmd('DraftBroadcast', { name: 'x' });
await cmd('ComposeMessage', {
  content: {
    synchronised: true,
    elements: [
      {
        type: 'text',
        text: 'Hi **{{first_name | friend}}**',
        buttons: [{ kind: 'link', label: 'Go', url: 'https://shop.example' }],
      },
    ],
  },
});
await cmd('ConfigureDelivery', { speed });
t = performance.now();
const c0 = process.cpuUsage();
await cmd('ActivateBroadcast', { start: { mode: 'now' } });
for (;;) {
  await clock.sleep(20);
  const last = await stores.store.last(broadcastStream(id));
  if (last?.type === 'BroadcastCompleted') {
    console.log(JSON.stringify(last.data));
    break;
  }
}
const ms = performance.now() - t;
const cpu = process.cpuUsage(c0);
console.log(
  'ms',
  ms,
  'per s',
  (N / ms) * 1000,
  'cpu us/recipient',
  (cpu.user + cpu.system) / N,
  'rss',
  process.memoryUsage().rss / 1e6,
);
console.log('end', process.memoryUsage(), process.resourceUsage().maxRSS / 1e3);
(globalThis as { gc?: () => void }).gc?.();
console.log('gc', process.memoryUsage());
const counts = (await (await fetch(sandbox.url + '/sandbox/telegram/counts')).json()) as Record<
  string,
  unknown
>;
console.log(counts['accepted'], counts['duplicates']);
t = performance.now();
await engine.stop();
await stores.close();
await data.release();
await sandbox.close();
console.log('stopped', performance.now() - t);
