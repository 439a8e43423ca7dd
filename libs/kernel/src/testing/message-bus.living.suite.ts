import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageBus } from '../message-bus.ts';
import { publishSurely } from './insisting.ts';
import { Collected } from './message-collecting.ts';
import type { Opened } from './opened.ts';
import { eventually, freshName } from './waiting.ts';

/** The bus's own life: opened, closed, opened again. */
export const busLivingSuite = (open: () => Promise<Opened<MessageBus>>): void => {
  describe('its life', () => {
    let opened: Opened<MessageBus>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('keeps messages, tables and what groups have acknowledged', async () => {
      const { port, reopen } = opened;
      if (!reopen) return;
      const [topic, table] = [freshName('log'), freshName('lanes.')];
      const group = freshName('group');
      const got = new Collected();
      await publishSurely(port, [{ topic, key: 'k', value: 1 }]);
      const member = await port.consume({ topic, group, onBatch: got.onBatch });
      await eventually('the first has come', () => got.size === 1);
      await member.close();
      await publishSurely(port, [
        { topic, key: 'k', value: 2 },
        { topic: table, key: 't', value: 'entry' },
      ]);

      const again = await reopen();
      await expect(again.snapshot(table)).resolves.toMatchObject([{ key: 't', value: 'entry' }]);
      const later = new Collected();
      const next = await again.consume({ topic, group, onBatch: later.onBatch });
      await eventually('the second has come', () => later.of('k').includes(2));
      await next.close();
    });

    it('lets its subscribers finish, then is not available', async () => {
      const { port } = opened;
      const topic = freshName('log');
      const work = { begun: 0, done: 0 };
      let finish = (): void => undefined;
      const onBatch = async (): Promise<void> => {
        work.begun += 1;
        await new Promise<void>((resolve) => (finish = resolve));
        work.done += 1;
      };
      await port.consume({ topic, group: freshName('group'), onBatch });
      await publishSurely(port, [{ topic, key: 'k', value: 1 }]);
      await eventually('work has begun', () => work.begun > 0);
      const closed = opened.close();
      finish();
      await closed;
      expect(work.done).toBe(work.begun);

      const { tail, snapshot, consume } = {
        tail: () => port.tail({ topic, onBatch }),
        snapshot: () => port.snapshot(freshName('lanes.')),
        consume: () => port.consume({ topic, group: freshName('group'), onBatch }),
      };
      const publish = () => port.publish([{ topic, key: 'k', value: 2 }]);
      for (const act of [publish, tail, snapshot, consume])
        await expect(act()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
};
