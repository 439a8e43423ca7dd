import { SqliteEventStore } from '@crier/adapter-sqlite';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const LOG = /\.log$/;

/** Which of these texts stand in another, and where. */
export const leaksIn = (
  where: string,
  text: string,
  personal: readonly string[],
): readonly string[] =>
  personal.filter((one) => text.includes(one)).map((one) => `${one} in ${where}`);

const logsUnder = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((name) => LOG.test(name))
        .map((name) => join(directory, name))
        .filter((path) => statSync(path).isFile())
    : [];

/** In what the product's processes wrote to their logs. */
export const leaksInLogs = (data: string, personal: readonly string[]): readonly string[] => {
  const beside = `${data}.log`;
  const logs = [...(existsSync(beside) ? [beside] : []), ...logsUnder(join(data, 'logs'))];
  if (logs.length === 0) throw new Error('There is no log to read');
  return logs.flatMap((path) => leaksIn(path, readFileSync(path, 'utf8'), personal));
};

/** In the topics of a deployment in many processes, as Kafka keeps them: keys and messages. */
export const leaksInTopics = (data: string, personal: readonly string[]): readonly string[] =>
  logsUnder(join(data, 'kafka/data')).flatMap((path) =>
    leaksIn(path, readFileSync(path, 'latin1'), personal),
  );

/** Message texts belong to a broadcast's own event; nothing else personal does, and nothing at all to metadata. */
const CONTENT = new Set(['MessageComposed']);

/** In the events, their metadata, and the bus's keys and messages, of the deployment in one process. */
export const leaksInStores = async (
  data: string,
  personal: readonly string[],
): Promise<readonly string[]> => {
  const path = join(data, 'events.db');
  if (!existsSync(path)) return [];
  const found = new Set<string>();
  const store = await SqliteEventStore.open({ path, writer: 'inline' });
  const over = new AbortController();
  for await (const { events, caughtUp } of store.subscribe({
    prefixes: [''],
    signal: over.signal,
  })) {
    for (const { stream, type, data: fields, metadata } of events) {
      const text = JSON.stringify([stream, metadata, CONTENT.has(type) ? {} : fields]);
      for (const leak of leaksIn(`event ${type}`, text, personal)) found.add(leak);
    }
    if (caughtUp) break;
  }
  over.abort();
  await store.close();
  const bus = new DatabaseSync(join(data, 'bus.db'), { readOnly: true });
  const messages = bus
    .prepare('SELECT t.name, m.key, m.value FROM messages m JOIN topics t ON t.id = m.topic')
    .iterate() as Iterable<{ name: string; key: string; value: string }>;
  for (const { name, key, value } of messages) {
    const isContent = name === 'commands' || name === 'lifecycle';
    for (const leak of leaksIn(`topic ${name}`, key + (isContent ? '' : value), personal))
      found.add(leak);
  }
  bus.close();
  return [...found];
};
