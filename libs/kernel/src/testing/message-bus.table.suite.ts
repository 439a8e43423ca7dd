import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '../message-bus.ts';
import { publishSurely } from './insisting.ts';
import type { BusInHand } from './message-bus.suite.ts';
import { freshName } from './waiting.ts';

const byKey = (messages: readonly IncomingMessage[]) =>
  Object.fromEntries(messages.map(({ key, value }) => [key, value]));

/** Tables: the newest value of every key. */
export const tableSuite = (bus: BusInHand): void => {
  describe('a table', () => {
    it('is empty before anything is published', async () => {
      await expect(bus().snapshot(freshName('lanes.'))).resolves.toEqual([]);
    });

    it('keeps the newest value of every key', async () => {
      const topic = freshName('lanes.');
      const keys = Array.from({ length: 30 }, (_, n) => `lane-${n}`);
      for (const value of [1, 2, 3])
        await publishSurely(
          bus(),
          keys.map((key) => ({ topic, key, value: { value } })),
        );
      await publishSurely(bus(), [{ topic, key: 'lane-7', value: 'newest' }]);
      const entries = await bus().snapshot(topic);
      expect(entries).toHaveLength(keys.length);
      expect(byKey(entries)).toEqual({
        ...Object.fromEntries(keys.map((key) => [key, { value: 3 }])),
        'lane-7': 'newest',
      });
    });

    it('forgets a key whose value is null, and may learn it again', async () => {
      const topic = freshName('lanes.');
      const publish = (key: string, value: string | null) =>
        publishSurely(bus(), [{ topic, key, value }]);
      await publish('a', 'one');
      await publish('b', 'two');
      await publish('a', null);
      expect(byKey(await bus().snapshot(topic))).toEqual({ b: 'two' });
      await publish('a', 'three');
      expect(byKey(await bus().snapshot(topic))).toEqual({ a: 'three', b: 'two' });
    });

    it('takes the last of several values that come in one publication', async () => {
      const topic = freshName('lanes.');
      const values = ['first', 'second', 'third'];
      await publishSurely(
        bus(),
        values.map((value) => ({ topic, key: 'k', value })),
      );
      expect(byKey(await bus().snapshot(topic))).toEqual({ k: 'third' });
    });
  });
};
