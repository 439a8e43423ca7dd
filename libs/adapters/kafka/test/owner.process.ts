import { SilentLog, type IncomingMessage } from '@crier/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import { KafkaMessageBus } from '../src/index.ts';

/** An owner in a process of its own: says line by line what it is told; works slowly, so that work waits for it. */
const [address = '', group = '', table = '', log = ''] = process.argv.slice(2);
const WORK_MS = 150;

const say = (what: string, partition: number): Promise<void> => {
  process.stdout.write(`${what} ${partition}\n`);
  return Promise.resolve();
};

const work = async ([first]: readonly IncomingMessage[]): Promise<void> => {
  await say('works', first?.partition ?? -1);
  await delay(WORK_MS);
};

const bus = await KafkaMessageBus.open({
  brokers: [address],
  clientId: 'owner-process',
  tables: (topic) => topic === table,
  sessionTimeoutMs: 3_000,
  create: { partitions: 6, replicationFactor: 1 },
  log: new SilentLog(),
});
await bus.own({
  group,
  table,
  logs: { [log]: work },
  onChange: () => Promise.resolve(),
  onAssigned: (partition) => say('holds', partition),
  onRevoked: (partition) => say('drops', partition),
});
process.on('SIGTERM', () => void bus.close());
