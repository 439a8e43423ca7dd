import { AppendOutcomeUnknown, ConcurrencyConflict, NO_STREAM, Unavailable } from '@crier/kernel';
import {
  appendSurely,
  describeEventStore,
  eventually,
  HostileEventStore,
  seededRandom,
  someEvent,
  someMetadata,
} from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SqliteEventStore, type EventWriting } from '../index.ts';

const worker = new URL('../event-writer.worker.ts', import.meta.url);

const openInMemory = async () => {
  const port = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  return { port, close: () => port.close() };
};

const openFile = async (writer: EventWriting) => {
  const directory = await mkdtemp(join(tmpdir(), 'crier-events-'));
  const path = join(directory, 'events.db');
  let port = await SqliteEventStore.open({ path, writer });
  return {
    path,
    port,
    close: async () => {
      await port.close();
      await rm(directory, { recursive: true, force: true });
    },
    reopen: async () => {
      await port.close();
      port = await SqliteEventStore.open({ path, writer });
      return port;
    },
  };
};

const openHostile = async () => {
  const { port: inner, close } = await openInMemory();
  const port = new HostileEventStore(inner, {
    seed: 7,
    lostAnswer: 0.2,
    lateAppend: 0.2,
    refused: 0.2,
    repeatedBatch: 0.3,
    delayMs: 1,
    lateMs: 5,
  });
  return {
    port,
    close: async () => {
      await port.settle();
      await close();
    },
  };
};

describeEventStore('SQLite in memory', openInMemory);
describeEventStore('SQLite file, written inline', () => openFile('inline'));
describeEventStore('SQLite file, written by a thread', () => openFile({ worker }));
describeEventStore('SQLite behind a bad network', openHostile);

describe('SqliteEventStore', () => {
  it('has no head while it is empty, and tells a reader so', async () => {
    const { port, close } = await openInMemory();
    await expect(port.head()).resolves.toBeUndefined();
    const { signal } = new AbortController();
    const iterator = port.subscribe({ prefixes: [''], signal });
    await expect(iterator.next()).resolves.toMatchObject({
      value: { events: [], position: '0', caughtUp: true },
    });
    await iterator.return(undefined);
    await close();
  });

  it('gives every event once and moves only forwards', async () => {
    const { port, close } = await openInMemory();
    for (let n = 0; n < 40; n += 1) await port.append('s', n - 1, [someEvent({ n })]);
    const stopping = new AbortController();
    const positions: number[] = [];
    const revisions: number[] = [];
    const { signal } = stopping;
    for await (const batch of port.subscribe({ prefixes: ['s'], batchSize: 7, signal })) {
      positions.push(Number(batch.position));
      revisions.push(...batch.events.map(({ revision }) => revision));
      if (batch.caughtUp) stopping.abort();
    }
    expect(positions).toEqual([7, 14, 21, 28, 35, 40]);
    expect(revisions).toEqual(Array.from({ length: 40 }, (_, n) => n));
    await close();
  });

  it('lets a second, reading instance of a file hear of a commit at once', async () => {
    const { port, path, close } = await openFile({ worker });
    const reader = await SqliteEventStore.open({ path, writer: 'none' });
    const stopping = new AbortController();
    const iterator = reader.subscribe({ prefixes: [''], signal: stopping.signal });
    await iterator.next();
    const next = iterator.next();
    await port.append('s', NO_STREAM, [someEvent({})]);
    await expect(next).resolves.toMatchObject({ value: { position: '1', caughtUp: true } });
    await expect(reader.append('s', 0, [someEvent({})])).rejects.toThrow(Unavailable);
    stopping.abort();
    await reader.close();
    await close();
  });

  it('cannot be opened for reading before the file exists', async () => {
    const path = join(tmpdir(), 'crier-no-such-directory', 'events.db');
    await expect(SqliteEventStore.open({ path, writer: 'none' })).rejects.toThrow(Unavailable);
    await expect(SqliteEventStore.open({ path, writer: { worker } })).rejects.toThrow(Unavailable);
  });

  it('answers every append of a group by its own checks', async () => {
    const { port, close } = await openFile({ worker });
    const answers = await Promise.allSettled([
      port.append('a', NO_STREAM, [someEvent({})]),
      port.append('a', 0, [someEvent({})]),
      port.append('a', 0, [someEvent({})]),
      port.append('b', 5, [someEvent({})]),
      port.append('b', NO_STREAM, [someEvent({})]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    await close();
  });

  it('does not know what became of an append whose thread died', async () => {
    const { path, close } = await openFile('inline');
    const dying = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => process.exit(1)); parentPort.postMessage([]);`,
    );
    const port = await SqliteEventStore.open({ path, writer: { worker: dying } });
    for (const stream of ['a', 'b'])
      await expect(port.append(stream, NO_STREAM, [someEvent({})])).rejects.toThrow(
        AppendOutcomeUnknown,
      );
    await port.close();
    await close();
  });

  it('does not let an append that cannot be stored spoil those that wait with it', async () => {
    const { port, close } = await openInMemory();
    const broken = { ...someEvent({}), metadata: { ...someMetadata, schemaVersion: 0.5 } };
    const answers = await Promise.allSettled([
      port.append('a', NO_STREAM, [someEvent({})]),
      port.append('b', NO_STREAM, [someEvent({}), broken]),
      port.append('a', 0, [someEvent({})]),
    ]);
    expect(answers).toMatchObject([
      { value: { revision: 0 } },
      { reason: { code: 'UNAVAILABLE' } },
      { value: { revision: 1 } },
    ]);
    await expect(port.read('b')).resolves.toEqual([]);
    await close();
  });

  it('has stored whatever it answered when its process is killed', async () => {
    const { path, reopen, close } = await openFile('inline');
    const program = fileURLToPath(new URL('../../test/append-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['-C', '@crier/source', program, path, worker.href], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answered: string[] = [];
    createInterface(child.stdout).on('line', (id) => answered.push(id));
    await eventually('it has answered', () => answered.length > 20);
    child.kill('SIGKILL');
    await once(child, 'close');
    const stored = (await (await reopen()).read('s')).map(({ id }) => id);
    expect(stored.slice(0, answered.length)).toEqual(answered);
    expect(stored.length - answered.length).toBeLessThanOrEqual(5);
    await close();
  });

  it('refuses an append of nothing as a bug', async () => {
    const { port, close } = await openInMemory();
    await expect(port.append('s', NO_STREAM, [])).rejects.toThrow(RangeError);
    await close();
  });

  it('passes over what a narrow reader does not want without giving it a batch for each', async () => {
    const { port, close } = await openInMemory();
    const events = Array.from({ length: 500 }, () => someEvent({}));
    for (let n = 0; n < 24; n += 1) await port.append(`other-${n}`, NO_STREAM, events);
    const batches = [];
    const stopping = new AbortController();
    for await (const batch of port.subscribe({ prefixes: ['my'], signal: stopping.signal })) {
      batches.push(batch);
      if (batch.caughtUp) stopping.abort();
    }
    expect(batches.map(({ position }) => position)).toEqual(['10000', '12000']);
    await close();
  });
});

describe('HostileEventStore', () => {
  const troubles = async (seed: number) => {
    const { port: inner, close } = await openInMemory();
    const port = new HostileEventStore(inner, { seed, lostAnswer: 0.3, refused: 0.3 });
    const outcomes: string[] = [];
    for (let n = 0; n < 30; n += 1)
      await port.append(`s-${n}`, NO_STREAM, [someEvent({})]).then(
        () => outcomes.push('stored'),
        (error: unknown) => outcomes.push((error as { readonly code: string }).code),
      );
    await close();
    return outcomes;
  };

  it('does the same for the same seed', async () => {
    const outcomes = await troubles(3);
    expect(new Set(outcomes)).toEqual(new Set(['stored', 'UNAVAILABLE', 'APPEND_OUTCOME_UNKNOWN']));
    await expect(troubles(3)).resolves.toEqual(outcomes);
    await expect(troubles(4)).resolves.not.toEqual(outcomes);
  });

  it('lets an append land after its caller has given up, where it may find the place taken', async () => {
    const { port: inner, close } = await openInMemory();
    const port = new HostileEventStore(inner, { seed: 1, lateAppend: 1, lateMs: 5 });
    await expect(port.append('late', NO_STREAM, [someEvent({})])).rejects.toMatchObject({
      code: 'APPEND_OUTCOME_UNKNOWN',
    });
    await expect(inner.read('late')).resolves.toEqual([]);
    await expect(port.append('taken', NO_STREAM, [someEvent({})])).rejects.toThrow();
    await inner.append('taken', NO_STREAM, [someEvent({ rival: true })]);
    await port.settle();
    await expect(inner.read('late')).resolves.toHaveLength(1);
    await expect(inner.read('taken')).resolves.toMatchObject([{ data: { rival: true } }]);
    await close();
  });

  it('keeps one winner a place, however often everybody repeats', async () => {
    const { port, close } = await openHostile();
    const random = seededRandom(11);
    const writer = async (name: number) => {
      for (let done = 0; done < 10;) {
        const head = (await port.last('s'))?.revision ?? NO_STREAM;
        await appendSurely(port, 's', head, [someEvent({ name, done, r: random() })]).then(
          () => (done += 1),
          (error: unknown) => {
            expect(error).toBeInstanceOf(ConcurrencyConflict);
          },
        );
      }
    };
    await Promise.all([writer(1), writer(2), writer(3)]);
    const stored = await port.read('s');
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    expect(stored).toHaveLength(30);
    await close();
  });
});
