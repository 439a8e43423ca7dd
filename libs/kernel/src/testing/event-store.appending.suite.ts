import { describe, expect, it } from '@jest/globals';
import { AppendTooLarge, ConcurrencyConflict } from '../errors.ts';
import { MAX_APPEND_BYTES } from '../event-store.ts';
import { comparePositions, NO_STREAM } from '../recorded.ts';
import type { StoreInHand } from './event-store.suite.ts';
import { appendSurely } from './insisting.ts';
import { freshName, someEvent, someMetadata } from './waiting.ts';

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, () => freshName('stream'));

/** Appending to streams, and reading them. */
export const appendingSuite = (store: StoreInHand): void => {
  describe('one stream', () => {
    it('gives back what was appended, word for word and in order', async () => {
      const stream = freshName('stream');
      const events = [1, 2, 3].map((n) => someEvent({ n, deep: [{ list: [null, true, 0.1] }] }));
      const appended = await appendSurely(store(), stream, NO_STREAM, events);
      const read = await store().read(stream);
      expect(read).toEqual(
        events.map((event, revision) => ({
          ...event,
          stream,
          revision,
          position: read[revision]?.position,
        })),
      );
      expect(appended).toEqual({ revision: 2, position: read[2]?.position });
    });

    it('keeps texts of every script, quotes, control characters and emptiness', async () => {
      const stream = freshName('пото́к-溪流-🌊');
      const data = {
        'ключ "1"': 'a\u0000b\n\u2028 👩‍👩‍👧',
        '': '',
        empty: {},
        none: [],
        nothing: null,
      };
      const event = {
        ...someEvent(data, 'ЩосьСталося'),
        metadata: { ...someMetadata, actor: 'Олена' },
      };
      await appendSurely(store(), stream, NO_STREAM, [event]);
      await expect(store().read(stream)).resolves.toMatchObject([{ ...event, stream }]);
    });

    it('keeps metadata of every form', async () => {
      const stream = freshName('stream');
      const events = [
        { causationId: someMetadata.correlationId },
        { correlationId: 'no uuid', causationId: '' },
        { recordedAt: '2026-03-01T10:00:00Z', schemaVersion: 7 },
        { trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      ].map((other) => ({ ...someEvent({}), metadata: { ...someMetadata, ...other } }));
      await appendSurely(store(), stream, NO_STREAM, events);
      const read = await store().read(stream);
      expect(read.map(({ metadata }) => metadata)).toEqual(events.map(({ metadata }) => metadata));
    });

    it('is empty where nothing was appended', async () => {
      await expect(store().read(freshName('stream'))).resolves.toEqual([]);
      await expect(store().last(freshName('stream'))).resolves.toBeUndefined();
    });

    it('is read from a revision on, at most so many events, and at its end', async () => {
      const stream = freshName('stream');
      await appendSurely(
        store(),
        stream,
        NO_STREAM,
        [0, 1, 2, 3].map((n) => someEvent({ n })),
      );
      const revisions = async (options: { from?: number; max?: number }) =>
        (await store().read(stream, options)).map(({ revision }) => revision);
      await expect(revisions({ from: 2 })).resolves.toEqual([2, 3]);
      await expect(revisions({ from: 1, max: 2 })).resolves.toEqual([1, 2]);
      await expect(revisions({ from: 4 })).resolves.toEqual([]);
      await expect(store().last(stream)).resolves.toMatchObject({ revision: 3, data: { n: 3 } });
    });

    it('takes an append as large as allowed and refuses a larger one', async () => {
      const stream = freshName('stream');
      const fitting = someEvent({ text: 'x'.repeat(MAX_APPEND_BYTES - 1_000) });
      await appendSurely(store(), stream, NO_STREAM, [fitting]);
      await expect(store().last(stream)).resolves.toMatchObject({ data: fitting.data });
      const many = [1, 2, 3].map(() => someEvent({ text: 'é'.repeat(MAX_APPEND_BYTES / 6) }));
      await expect(appendSurely(store(), stream, 0, many)).rejects.toThrow(AppendTooLarge);
      await expect(store().read(stream)).resolves.toHaveLength(1);
    });
  });

  describe('the place of an append', () => {
    it('is refused when the stream is shorter or longer than expected', async () => {
      const stream = freshName('stream');
      const conflict = (expected: number) =>
        expect(appendSurely(store(), stream, expected, [someEvent({})])).rejects.toThrow(
          ConcurrencyConflict,
        );
      await conflict(0);
      await appendSurely(store(), stream, NO_STREAM, [someEvent({}), someEvent({})]);
      await conflict(NO_STREAM);
      await conflict(0);
      await conflict(2);
      await expect(store().read(stream)).resolves.toHaveLength(2);
    });

    it('is won by exactly one of many who want it at once', async () => {
      const stream = freshName('stream');
      const rivals = Array.from({ length: 10 }, () => [someEvent({}), someEvent({})]);
      const results = await Promise.allSettled(
        rivals.map((events) => appendSurely(store(), stream, NO_STREAM, events)),
      );
      const winners = rivals.filter((_, index) => results[index]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      const ids = (await store().read(stream)).map(({ id }) => id);
      expect(ids).toEqual(winners.flat().map(({ id }) => id));
    });

    it('does not matter to other streams appended to at once', async () => {
      const streams = names(40);
      const appends = streams.map((stream) =>
        appendSurely(store(), stream, NO_STREAM, [someEvent({ stream })]),
      );
      const positions = (await Promise.all(appends)).map(({ position }) => position);
      expect(new Set(positions).size).toBe(streams.length);
      const read = await Promise.all(streams.map((stream) => store().read(stream)));
      expect(read.map(([event]) => event?.data)).toEqual(streams.map((stream) => ({ stream })));
    });
  });

  describe('a repeated append', () => {
    it('writes nothing and gets the first answer, even after others have gone on', async () => {
      const stream = freshName('stream');
      const [first, second] = [[someEvent({ n: 1 }), someEvent({ n: 2 })], [someEvent({ n: 3 })]];
      const answers = [
        await appendSurely(store(), stream, NO_STREAM, first),
        await appendSurely(store(), stream, 1, second),
      ];
      await expect(appendSurely(store(), stream, NO_STREAM, first)).resolves.toEqual(answers[0]);
      await expect(appendSurely(store(), stream, 1, second)).resolves.toEqual(answers[1]);
      await expect(store().read(stream)).resolves.toHaveLength(3);
    });

    it('is a conflict when only a part of it stands there, or at another place', async () => {
      const stream = freshName('stream');
      const [one, two, three] = [someEvent({ n: 1 }), someEvent({ n: 2 }), someEvent({ n: 3 })];
      await appendSurely(store(), stream, NO_STREAM, [one, two]);
      const conflict = (expected: number, events: readonly (typeof one)[]) =>
        expect(appendSurely(store(), stream, expected, events)).rejects.toThrow(
          ConcurrencyConflict,
        );
      await conflict(NO_STREAM, [one, three]);
      await conflict(NO_STREAM, [one, two, three]);
      await conflict(NO_STREAM, [two]);
      await conflict(0, [one]);
      await expect(store().read(stream)).resolves.toHaveLength(2);
    });

    it('is recognised when it arrives together with the first try', async () => {
      const stream = freshName('stream');
      const events = [someEvent({ n: 1 }), someEvent({ n: 2 })];
      const answers = await Promise.all(
        [1, 2, 3].map(() => appendSurely(store(), stream, NO_STREAM, events)),
      );
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      await expect(store().read(stream)).resolves.toHaveLength(2);
    });
  });

  it('orders everything by positions that rise and end at the head', async () => {
    const positions: string[] = [];
    for (const stream of names(5)) {
      await appendSurely(store(), stream, NO_STREAM, [someEvent({}), someEvent({})]);
      positions.push(...(await store().read(stream)).map(({ position }) => position));
    }
    expect([...positions].sort(comparePositions)).toEqual(positions);
    const head = (await store().head()) ?? '0';
    expect(comparePositions(head, positions.at(-1) ?? '')).toBeGreaterThanOrEqual(0);
  });
};
