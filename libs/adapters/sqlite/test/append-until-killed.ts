// A process to be killed: appends one event after another and says each answer. Arguments: the file, the writer's entry.
import { freshId } from '@crier/kernel';
import { SqliteEventStore } from '../src/index.ts';

const [path = '', entry = ''] = process.argv.slice(2);
const store = await SqliteEventStore.open({ path, writer: { worker: new URL(entry) } });
const metadata = {
  schemaVersion: 1,
  correlationId: freshId(),
  causationId: freshId(),
  actor: 'test',
  recordedAt: '2026-03-01T10:00:00.000Z',
};
for (let n = 0; ; n += 1) {
  const id = freshId();
  await store.append('s', n - 1, [{ id, type: 'SomethingHappened', data: { n }, metadata }]);
  process.stdout.write(`${id}\n`);
}
