import type { IncomingMessage, Log } from '@crier/kernel';
import type { FetchedRecord } from '../link/protocol.ts';

/** What a record weighs in memory, roughly, in bytes. */
export const weightOf = ({ key, value }: FetchedRecord): number =>
  (key?.length ?? 0) + (value?.length ?? 0) + 100;

const headersOf = (record: FetchedRecord): Readonly<Record<string, string>> | undefined => {
  const entries = Object.entries(record.headers ?? {}).map(
    ([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)] as const,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** Reads records; one that is no JSON was not written by a bus, and is skipped with an error in the log. */
export const incomingMessages = (
  { topic, partition }: { readonly topic: string; readonly partition: number },
  records: readonly FetchedRecord[],
  log: Log,
): readonly IncomingMessage[] =>
  records.flatMap((record) => {
    const { offset } = record;
    const key = record.key?.toString('utf8') ?? '';
    try {
      const value: unknown = record.value ? JSON.parse(record.value.toString('utf8')) : null;
      const headers = headersOf(record);
      return [{ topic, partition, offset, key, value, ...(headers ? { headers } : {}) }];
    } catch {
      log.error('message that is no JSON was skipped', { topic, partition, offset });
      return [];
    }
  });
