import { Clock, SystemClock, Unavailable, type IncomingMessage } from '@crier/kernel';
import {
  describeMessageBus,
  eventually,
  freshName,
  HostileMessageBus,
} from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteMessageBus, type MessageWriting, type SqliteMessageBusOptions } from '../index.ts';

const worker = new URL('../message-writer.worker.ts', import.meta.url);
const tables = (topic: string): boolean => topic.startsWith('lanes.');

const openInMemory = async (other: Partial<SqliteMessageBusOptions> = {}) => {
  const port = await SqliteMessageBus.open({
    path: ':memory:',
    writer: 'inline',
    tables,
    ...other,
  });
  return { port, close: () => port.close() };
};

const openFile = async (writer: MessageWriting, clock: Clock = new SystemClock()) => {
  const directory = await mkdtemp(join(tmpdir(), 'crier-messages-'));
  const path = join(directory, 'messages.db');
  const open = (partitions = 16) =>
    SqliteMessageBus.open({ path, writer, tables, clock, partitions });
  let port = await open();
  return {
    port,
    close: async () => {
      await port.close();
      await rm(directory, { recursive: true, force: true });
    },
    reopen: async (partitions?: number) => {
      await port.close();
      port = await open(partitions);
      return port;
    },
  };
};

const openHostile = async () => {
  const { port, close } = await openInMemory();
  const chances = { lostAnswer: 0.1, redelivered: 0.05, duplicated: 0.2, reordered: 0.5 };
  const hostile = new HostileMessageBus(port, { seed: 5, stolen: 0.5, delayMs: 2, ...chances });
  return { port: hostile, close };
};

/** A clock whose wall time the test turns. */
class TurnedClock extends SystemClock {
  hours = 0;

  override now(): string {
    return new Date(Date.UTC(2026, 0, 1, this.hours)).toISOString();
  }
}

describeMessageBus('SQLite in memory', openInMemory);
describeMessageBus('SQLite file, written by a thread', () => openFile({ worker }));
describeMessageBus('SQLite behind a bad network', openHostile);

const KEYS = Array.from({ length: 40 }, (_, n) => `key-${n}`);

const everythingOf = async (bus: SqliteMessageBus, topic: string) => {
  const got: IncomingMessage[] = [];
  const end = freshName('end');
  const onBatch = (messages: readonly IncomingMessage[]): Promise<void> => {
    got.push(...messages);
    return Promise.resolve();
  };
  const member = await bus.consume({ topic, group: freshName('group'), onBatch });
  await bus.publish(KEYS.map((key) => ({ topic, key, value: end })));
  const ended = () => got.filter(({ value }) => value === end).length === KEYS.length;
  await eventually('all is read', ended);
  await member.close();
  return got.filter(({ value }) => value !== end);
};

describe('SqliteMessageBus', () => {
  it('gives each message to one member once, and tells the old owner before the new one', async () => {
    const { port, close } = await openInMemory();
    const log: string[] = [];
    const owner = (name: string) =>
      port.own({
        group: 'owners',
        table: 'lanes.x',
        logs: {
          work: (messages) => {
            log.push(...messages.map(({ key }) => `${name} works ${key}`));
            return Promise.resolve();
          },
        },
        onChange: () => Promise.resolve(),
        onAssigned: (partition) => {
          log.push(`${name} holds ${partition}`);
          return Promise.resolve();
        },
        onRevoked: (partition) => {
          log.push(`${name} drops ${partition}`);
          return Promise.resolve();
        },
      });
    const count = (text: string) => log.filter((line) => line.includes(text)).length;
    await owner('a');
    await eventually('a holds all', () => count('a holds') === 16);
    const second = await owner('b');
    await eventually('b holds half', () => count('b holds') === 8);
    for (const line of log.filter((text) => text.startsWith('b holds')))
      expect(log.indexOf(line)).toBeGreaterThan(log.indexOf(line.replace('b holds', 'a drops')));

    await port.publish(KEYS.map((key) => ({ topic: 'work', key, value: 1 })));
    await eventually('all work is done', () => count('works') >= KEYS.length);
    await second.close();
    await eventually('a holds all again', () => count('a holds') === 24);
    expect(count('works')).toBe(KEYS.length);
    await close();
  });

  it('does not give back what it acknowledged when members come and go', async () => {
    const { port, close } = await openInMemory();
    const seen: string[] = [];
    const join = () =>
      port.consume({
        topic: 'work',
        group: 'workers',
        onBatch: (messages) => {
          seen.push(...messages.map(({ key, value }) => `${key}=${JSON.stringify(value)}`));
          return Promise.resolve();
        },
      });
    const members = [await join(), await join(), await join()];
    for (let n = 0; n < 9; n += 1) {
      await port.publish(KEYS.map((key) => ({ topic: 'work', key, value: n })));
      if (n % 2 === 1) await members.shift()?.close();
      else members.push(await join());
    }
    await eventually('all is done', () => seen.length >= 9 * KEYS.length);
    await close();
    expect(new Set(seen).size).toBe(9 * KEYS.length);
    expect(seen).toHaveLength(9 * KEYS.length);
  });

  it('gives at most 500 messages at once, and not many large ones', async () => {
    const { port, close } = await openInMemory({ partitions: 1 });
    const sizes: number[] = [];
    const onBatch = (messages: readonly IncomingMessage[]): Promise<void> => {
      sizes.push(messages.length);
      return Promise.resolve();
    };
    const total = () => sizes.reduce((sum, size) => sum + size, 0);
    const numbered = Array.from({ length: 1_200 }, (_, value) => ({ topic: 't', key: 'k', value }));
    await port.publish(numbered);
    await port.consume({ topic: 't', group: 'g', onBatch });
    await eventually('all have come', () => total() === 1_200);
    expect(sizes).toEqual([500, 500, 200]);

    sizes.length = 0;
    const value = 'x'.repeat(1_500_000);
    await port.publish([1, 2, 3, 4].map(() => ({ topic: 't', key: 'k', value })));
    await eventually('the large have come', () => total() === 4);
    expect(sizes).toEqual([3, 1]);
    await close();
  });

  it('deletes after an hour what all groups have read, and only that', async () => {
    const clock = new TurnedClock();
    const { port, close, reopen } = await openFile('inline', clock);
    const publish = (topic: string, value: number) =>
      port.publish(KEYS.map((key) => ({ topic, key, value })));
    await publish('read', 1);
    await publish('unread', 1);
    let read = 0;
    const reader = await port.consume({
      topic: 'read',
      group: 'quick',
      onBatch: ({ length }) => {
        read += length;
        return Promise.resolve();
      },
    });
    await eventually('all is read', () => read === KEYS.length);
    await reader.close();
    await publish('read', 2);

    clock.hours = 2;
    const later = await reopen();
    const left = await everythingOf(later, 'read');
    expect(left.map(({ value }) => value)).toEqual(KEYS.map(() => 2));
    await expect(everythingOf(later, 'unread')).resolves.toHaveLength(KEYS.length);
    await close();
  });

  it('keeps offsets rising when everything before was deleted', async () => {
    const clock = new TurnedClock();
    const { port, close, reopen } = await openFile('inline', clock);
    await port.publish([{ topic: 't', key: 'key-1', value: 'a' }]);
    const [before] = await everythingOf(port, 't');
    clock.hours = 2;
    const later = await reopen();
    await later.publish([{ topic: 't', key: 'key-1', value: 'b' }]);
    const [message] = await everythingOf(later, 't');
    expect(message?.value).toBe('b');
    expect(Number(message?.offset)).toBeGreaterThan(Number(before?.offset));
    await close();
  });

  it('keeps the number of partitions a file was made with', async () => {
    const { port, close, reopen } = await openFile('inline');
    const places = async (bus: SqliteMessageBus) => {
      const topic = freshName('t');
      await bus.publish(KEYS.map((key) => ({ topic, key, value: 1 })));
      const got = await everythingOf(bus, topic);
      return Object.fromEntries(got.map(({ key, partition }) => [key, partition]));
    };
    const before = await places(port);
    const later = await reopen(3);
    await expect(places(later)).resolves.toEqual(before);
    await close();
  });

  it('cannot be opened where no file can be', async () => {
    const path = join(tmpdir(), 'crier-no-such-directory', 'messages.db');
    const open = SqliteMessageBus.open({ path, writer: { worker }, tables });
    await expect(open).rejects.toThrow(Unavailable);
  });
});

describe('HostileMessageBus', () => {
  it('lets two members believe for a while that they own one partition', async () => {
    const { port: inner, close } = await openInMemory({ partitions: 4 });
    const port = new HostileMessageBus(inner, { seed: 1, stolen: 1, stolenMs: 30 });
    const held = new Map<string, Set<number>>();
    let overlaps = 0;
    const owner = (name: string) => {
      const mine = new Set<number>();
      held.set(name, mine);
      return port.own({
        group: 'owners',
        table: 'lanes.x',
        logs: {},
        onChange: () => Promise.resolve(),
        onAssigned: (partition) => {
          if ([...held.values()].some((theirs) => theirs.has(partition))) overlaps += 1;
          mine.add(partition);
          return Promise.resolve();
        },
        onRevoked: (partition) => {
          mine.delete(partition);
          return Promise.resolve();
        },
      });
    };
    const first = await owner('a');
    await eventually('a holds all', () => held.get('a')?.size === 4);
    const second = await owner('b');
    await eventually('b holds half', () => held.get('b')?.size === 2);
    expect(overlaps).toBe(2);
    await eventually('a knows', () => held.get('a')?.size === 2);
    await first.close();
    await second.close();
    expect([...held.values()].map(({ size }) => size)).toEqual([0, 0]);
    await close();
  });

  it('repeats and reorders, but never within a key', async () => {
    const { port: inner, close } = await openInMemory({ partitions: 1 });
    const port = new HostileMessageBus(inner, { seed: 2, duplicated: 0.9, reordered: 1 });
    const got: IncomingMessage[] = [];
    const onBatch = (messages: readonly IncomingMessage[]): Promise<void> => {
      got.push(...messages);
      return Promise.resolve();
    };
    await port.tail({ topic: 't', onBatch });
    const keys = ['a', 'b', 'c'];
    const newest = () => got.filter(({ value }) => value === 29).length;
    for (let value = 0; value < 30; value += 1)
      await port.publish(keys.map((key) => ({ topic: 't', key, value })));
    await eventually('all have come', () => newest() >= keys.length);
    const offsets = got.map(({ offset }) => Number(offset));
    expect(got.length).toBeGreaterThan(90);
    expect(offsets).not.toEqual([...offsets].sort((one, other) => one - other));
    for (const key of keys) {
      const values = got.filter((message) => message.key === key).map(({ value }) => value);
      expect([...new Set(values)]).toEqual(Array.from({ length: 30 }, (_, n) => n));
    }
    await close();
  });
});
