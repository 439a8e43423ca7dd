import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../event-store.ts';
import { comparePositions, NO_STREAM } from '../recorded.ts';
import { readAll, readFirst, startReading } from './event-reading.ts';
import type { StoreInHand } from './event-store.suite.ts';
import { appendSurely } from './insisting.ts';
import { eventually, freshName, someEvent } from './waiting.ts';

const fill = async (store: EventStore, stream: string, from: number, count: number) => {
  const events = Array.from({ length: count }, (_, index) => someEvent({ n: from + index }));
  await appendSurely(store, stream, from - 1, events);
};

const numbers = (events: readonly { readonly data: unknown }[]) =>
  events.map(({ data }) => (data as { readonly n: number }).n);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Reading the whole order. */
export const subscribingSuite = (store: StoreInHand): void => {
  describe('a subscription', () => {
    it('gives what was stored, then what is being stored, without a gap', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 30);
      const reading = startReading(store(), { prefixes: [stream], batchSize: 7 });
      await eventually('history has come', () => reading.events.length >= 10);
      for (let n = 30; n < 60; n += 1) await fill(store(), stream, n, 1);
      await eventually('all have come', () => reading.events.length >= 60);
      await reading.stop();
      expect(numbers(reading.events)).toEqual(upTo(60));
      expect(reading.events).toEqual(await store().read(stream));
    });

    it('gives the events of many streams in the order of the store', async () => {
      const prefix = freshName('many');
      const streams = upTo(12).map((n) => `${prefix}-${n}`);
      await Promise.all(streams.map((stream) => fill(store(), stream, 0, 5)));
      const events = await readFirst(store(), 60, { prefixes: [prefix], batchSize: 11 });
      expect(events).toHaveLength(60);
      for (const stream of streams)
        expect(numbers(events.filter((event) => event.stream === stream))).toEqual(upTo(5));
    });

    it('keeps its batches within the size asked for and moves its position up to them', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 25);
      const { batches } = await readAll(store(), { prefixes: [stream], batchSize: 10 });
      for (const { events, position } of batches) {
        expect(events.length).toBeLessThanOrEqual(10);
        const last = events.at(-1)?.position ?? position;
        expect(comparePositions(position, last)).toBeGreaterThanOrEqual(0);
      }
    });

    it('goes on after a position without a repeat and without a gap', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 20);
      const first = await readFirst(store(), 8, { prefixes: [stream], batchSize: 4 });
      const after = first[7]?.position ?? '';
      const rest = await readFirst(store(), 12, { prefixes: [stream], after });
      expect(numbers(rest)).toEqual(upTo(20).slice(8));
    });

    it('goes on after the position of any batch', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 20);
      const { batches } = await readAll(store(), { prefixes: [stream], batchSize: 6 });
      const some = batches.find(({ events }) => events.length > 0);
      const had = some?.events.at(-1)?.revision ?? -1;
      const rest = await readFirst(store(), 19 - had, {
        prefixes: [stream],
        ...(some && { after: some.position }),
      });
      expect(numbers(rest)).toEqual(upTo(20).slice(had + 1));
    });

    it('gives only streams whose name begins with one of the prefixes', async () => {
      const name = freshName('prefix');
      const streams = [`${name}-a-1`, `${name}-a-2`, `${name}-b-1`, `${name}-ab`, `${name}-a`];
      for (const stream of streams) await fill(store(), stream, 0, 1);
      const { events } = await readAll(store(), { prefixes: [`${name}-a-`, `${name}-b`] });
      expect(events.map(({ stream }) => stream)).toEqual(streams.slice(0, 3));
    });

    it('gives only the types asked for, and types that nobody has seen yet', async () => {
      const stream = freshName('stream');
      const [wanted, other] = [freshName('Wanted'), freshName('Other')];
      const reading = startReading(store(), { prefixes: [stream], types: [wanted] });
      const events = [other, wanted, other, wanted].map((type, n) => someEvent({ n }, type));
      await appendSurely(store(), stream, NO_STREAM, events);
      await eventually('both have come', () => reading.events.length >= 2);
      await reading.stop();
      expect(numbers(reading.events)).toEqual([1, 3]);
    });

    it('moves its position on when nothing matches', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 5);
      const passed = (await store().last(stream))?.position ?? '';
      const { batches, events } = await readAll(store(), { prefixes: [freshName('nobody')] });
      expect(events).toEqual([]);
      expect(comparePositions(batches.at(-1)?.position ?? '0', passed)).toBeGreaterThanOrEqual(0);
    });

    it('tells a reader who has everything that it has caught up', async () => {
      await fill(store(), freshName('stream'), 0, 1);
      const after = (await store().head()) ?? '0';
      const { batches } = await readAll(store(), { prefixes: [freshName('nobody')], after });
      expect(batches.at(-1)).toMatchObject({ events: [], caughtUp: true });
    });

    it('waits for a slow reader, who slows nobody else', async () => {
      const stream = freshName('stream');
      await fill(store(), stream, 0, 10);
      const stopping = new AbortController();
      const slow = store().subscribe({ prefixes: [stream], batchSize: 3, signal: stopping.signal });
      const iterator = slow[Symbol.asyncIterator]();
      const first = await iterator.next();
      await fill(store(), stream, 10, 10);
      const quick = await readFirst(store(), 20, { prefixes: [stream] });
      expect(numbers(quick)).toEqual(upTo(20));

      const seen = first.done === true ? [] : [...first.value.events];
      while (seen.at(-1)?.revision !== 19) {
        const next = await iterator.next();
        if (next.done === true) break;
        const last = seen.at(-1)?.revision ?? -1;
        seen.push(...next.value.events.filter(({ revision }) => revision > last));
      }
      stopping.abort();
      expect(numbers(seen)).toEqual(upTo(20));
    });

    it('ends quietly when it is told to, and at once when told before', async () => {
      const reading = startReading(store(), { prefixes: [freshName('nobody')] });
      await eventually('it waits', () => reading.batches.some(({ caughtUp }) => caughtUp));
      await expect(reading.stop()).resolves.toBeUndefined();

      const signal = AbortSignal.abort();
      const iterator = store()
        .subscribe({ prefixes: [''], signal })
        [Symbol.asyncIterator]();
      await expect(iterator.next()).resolves.toMatchObject({ done: true });
    });

    it('gives large events, however many of them fill a batch', async () => {
      const stream = freshName('stream');
      const text = 'x'.repeat(400_000);
      for (let n = 0; n < 14; n += 1)
        await appendSurely(store(), stream, n - 1, [someEvent({ n, text })]);
      const events = await readFirst(store(), 14, { prefixes: [stream] });
      expect(numbers(events)).toEqual(upTo(14));
    });
  });
};
