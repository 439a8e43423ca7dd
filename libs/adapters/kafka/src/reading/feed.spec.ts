import { SilentLog, SystemClock, Unavailable, type IncomingMessage } from '@crier/kernel';
import { eventually } from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import type { FetchedRecord } from '../link/protocol.ts';
import { Feed, type FeedOptions } from './feed.ts';

const recordsUpTo = (count: number, size = 1): readonly FetchedRecord[] =>
  Array.from({ length: count }, (_, offset) => ({
    ...{ offset: String(offset), attributes: 0, timestamp: '0', headers: {} },
    key: Buffer.from('k'),
    value: Buffer.from(JSON.stringify('x'.repeat(size))),
  }));

const feedOf = (other: Partial<FeedOptions> = {}) => {
  const got: IncomingMessage[][] = [];
  const done: bigint[] = [];
  const feed = new Feed({
    ...{ topic: 't', partition: 0, from: 0n, clock: new SystemClock(), log: new SilentLog() },
    onBatch: (messages) => {
      got.push([...messages]);
      return Promise.resolve();
    },
    trusted: () => true,
    onDone: (next) => done.push(next),
    onHungry: () => undefined,
    ...other,
  });
  return { feed, got, done };
};

describe('a feed', () => {
  it('gives at most 500 messages at once, in order, and says how far it is', async () => {
    const { feed, got, done } = feedOf();
    feed.accept(recordsUpTo(1_200));
    await eventually('all is given', () => done.at(-1) === 1_200n);
    expect(got.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(done).toEqual([500n, 1_000n, 1_200n]);
    expect(feed.position).toBe(1_200n);
    await feed.stop();
  });

  it('takes nothing twice that it has taken already', async () => {
    const { feed, got, done } = feedOf({ from: 3n });
    feed.accept(recordsUpTo(5));
    feed.accept(recordsUpTo(6));
    await eventually('all is given', () => done.at(-1) === 6n);
    expect(got.flat().map(({ offset }) => offset)).toEqual(['3', '4', '5']);
    await feed.stop();
  });

  it('gives again what was rejected, before anything else', async () => {
    const seen: string[][] = [];
    let failures = 2;
    const { feed, done } = feedOf({
      onBatch: (messages) => {
        seen.push(messages.map(({ offset }) => offset));
        failures -= 1;
        return failures < 0 ? Promise.resolve() : Promise.reject(new Unavailable('Not now'));
      },
    });
    feed.accept(recordsUpTo(2));
    await eventually('it was rejected', () => seen.length > 0);
    feed.accept(recordsUpTo(3));
    await eventually('all is given', () => done.at(-1) === 3n);
    expect(seen).toEqual([['0', '1'], ['0', '1'], ['0', '1'], ['2']]);
    await feed.stop();
  });

  it('gives nothing while the partition may be somebody else’s', async () => {
    let trusted = false;
    const { feed, got } = feedOf({ trusted: () => trusted });
    feed.accept(recordsUpTo(1));
    await new SystemClock().sleep(50);
    expect(got).toEqual([]);
    trusted = true;
    await eventually('it is given', () => got.length === 1);
    await feed.stop();
  });

  it('wants no more while it is full, and says when it does again', async () => {
    let hungry = 0;
    let given = 0;
    let finish = (): void => undefined;
    const { feed } = feedOf({
      onBatch: () => {
        given += 1;
        return new Promise((resolve) => (finish = resolve));
      },
      onHungry: () => (hungry += 1),
    });
    expect(feed.hungry).toBe(true);
    feed.accept(recordsUpTo(600, 10_000));
    await eventually('a part was taken', () => given === 1);
    expect([feed.hungry, hungry]).toEqual([false, 0]);
    finish();
    await eventually('the rest was taken', () => given === 2);
    expect(hungry).toBe(1);
    expect(feed.hungry).toBe(true);
    const stopped = feed.stop();
    finish();
    await stopped;
  });

  it('ends when the handler at work has ended, and gives nothing more', async () => {
    let finish = (): void => undefined;
    let given = 0;
    const { feed, done } = feedOf({
      onBatch: () => {
        given += 1;
        return new Promise((resolve) => (finish = resolve));
      },
    });
    feed.accept(recordsUpTo(600));
    await eventually('it works', () => given === 1);
    let ended = false;
    const stopped = feed.stop().then(() => (ended = true));
    await new SystemClock().sleep(20);
    expect(ended).toBe(false);
    finish();
    await stopped;
    expect([given, done]).toEqual([1, [500n]]);
  });
});
