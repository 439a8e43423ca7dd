import { SilentLog } from '@crier/kernel';
import { describe, expect, it } from '@jest/globals';
import type { FetchedRecord } from '../link/protocol.ts';
import { incomingMessages } from './incoming.ts';

const record = (offset: string, value: string | null, headers = {}): FetchedRecord => ({
  ...{ offset, attributes: 0, timestamp: '0', headers },
  key: Buffer.from('k'),
  value: value === null ? null : Buffer.from(value),
});

class CountingLog extends SilentLog {
  errors = 0;

  override error(): void {
    this.errors += 1;
  }
}

const read = (...records: readonly FetchedRecord[]) =>
  incomingMessages({ topic: 't', partition: 3 }, records, new SilentLog());

describe('what is read from Kafka', () => {
  it('has the value, the place and the headers that were written', () => {
    expect(read(record('7', '{"a":1}', { trace: Buffer.from('00-ab') }))).toEqual([
      {
        topic: 't',
        partition: 3,
        offset: '7',
        key: 'k',
        value: { a: 1 },
        headers: { trace: '00-ab' },
      },
    ]);
  });

  it('is null where a key was removed, and has no headers where none were written', () => {
    const nothing = { topic: 't', partition: 3, offset: '1', key: 'k', value: null };
    expect(read(record('1', null))).toEqual([nothing]);
  });

  it('leaves out, and reports, what no bus has written', () => {
    const log = new CountingLog();
    const records = [record('1', 'no JSON'), record('2', '2')];
    const messages = incomingMessages({ topic: 't', partition: 3 }, records, log);
    expect(messages.map(({ value }) => value)).toEqual([2]);
    expect(log.errors).toBe(1);
  });
});
