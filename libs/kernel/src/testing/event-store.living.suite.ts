import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { NO_STREAM } from '../recorded.ts';
import { readFirst, startReading } from './event-reading.ts';
import { appendSurely } from './insisting.ts';
import type { Opened } from './opened.ts';
import { eventually, freshName, someEvent } from './waiting.ts';

/** The store's own life: opened, closed, opened again. */
export const livingSuite = (open: () => Promise<Opened<EventStore>>): void => {
  describe('its life', () => {
    let opened: Opened<EventStore>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('keeps everything when it is opened again', async () => {
      const { port, reopen } = opened;
      if (!reopen) return;
      const stream = freshName('stream');
      const events = [someEvent({ n: 1 }), someEvent({ n: 2 })];
      const first = await appendSurely(port, stream, NO_STREAM, events);
      const before = await port.read(stream);

      const again = await reopen();
      await expect(again.read(stream)).resolves.toEqual(before);
      await expect(appendSurely(again, stream, NO_STREAM, events)).resolves.toEqual(first);
      await appendSurely(again, stream, 1, [someEvent({ n: 3 })]);
      const after = before[0]?.position ?? '';
      const rest = await readFirst(again, 2, { prefixes: [stream], after });
      expect(rest.map(({ revision }) => revision)).toEqual([1, 2]);
    });

    it('stores what was given to it before it was closed, or says that it did not', async () => {
      const { port, reopen } = opened;
      if (!reopen) return;
      const streams = Array.from({ length: 50 }, () => freshName('stream'));
      const appends = streams.map((stream) => port.append(stream, NO_STREAM, [someEvent({})]));
      const settled = Promise.allSettled(appends);
      const again = await reopen();
      for (const [index, { status }] of (await settled).entries()) {
        if (status !== 'fulfilled') continue;
        await expect(again.read(streams[index] ?? '')).resolves.toHaveLength(1);
      }
    });

    it('is not available after it was closed', async () => {
      const { port } = opened;
      const reading = startReading(port, { prefixes: [freshName('nobody')] });
      await eventually('the reader waits', () => reading.batches.length > 0);
      await opened.close();
      const stream = freshName('stream');
      const append = port.append(stream, NO_STREAM, [someEvent({})]);
      await expect(append).rejects.toMatchObject({ verdict: 'retry' });
      await expect(port.read(stream)).rejects.toThrow(Unavailable);
      await expect(port.last(stream)).rejects.toThrow(Unavailable);
      await expect(port.head()).rejects.toThrow(Unavailable);
      await reading.stop().catch((error: unknown) => {
        expect(error).toBeInstanceOf(Unavailable);
      });
    });
  });
};
