import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '../errors.ts';
import type { Json } from '../json.ts';
import type { BatchHandler, MessageBus } from '../message-bus.ts';
import { publishSurely } from './insisting.ts';
import type { BusInHand } from './message-bus.suite.ts';
import { Collected } from './message-collecting.ts';
import { eventually, freshName } from './waiting.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const KEYS = upTo(20).map((n) => `key-${n}`);

const publish = (bus: MessageBus, topic: string, values: readonly Json[], keys = KEYS) =>
  publishSurely(
    bus,
    values.flatMap((value) => keys.map((key) => ({ topic, key, value }))),
  );

const come = (collected: Collected, count: number) =>
  eventually(`${count} messages have come`, () => collected.size >= count);

/** Logs: read by groups, and from their end. */
export const logSuite = (bus: BusInHand): void => {
  const names = () => ({ topic: freshName('log'), group: freshName('group') });

  describe('a log', () => {
    it('gives a group everything from the beginning, each key in order, in one partition', async () => {
      const { topic, group } = names();
      await publish(bus(), topic, upTo(60));
      const got = new Collected();
      const member = await bus().consume({ topic, group, onBatch: got.onBatch });
      await publish(bus(), topic, [60, 61]);
      await come(got, 62 * KEYS.length);
      await member.close();
      for (const key of KEYS) {
        expect(got.of(key)).toEqual(upTo(62));
        const partitions = got.all.filter((m) => m.key === key).map(({ partition }) => partition);
        expect(new Set(partitions).size).toBe(1);
      }
      expect(new Set(got.all.map(({ partition }) => partition)).size).toBeGreaterThan(1);
    });

    it('names every message by a partition and an offset of its own', async () => {
      const { topic, group } = names();
      await publish(bus(), topic, upTo(5));
      const got = new Collected();
      const member = await bus().consume({ topic, group, onBatch: got.onBatch });
      await come(got, 5 * KEYS.length);
      await member.close();
      const places = new Map<string, string>();
      for (const { partition, offset, key, value } of got.all) {
        const place = `${partition} ${BigInt(offset)}`;
        const said = JSON.stringify([key, value]);
        expect(places.get(place) ?? said).toBe(said);
        places.set(place, said);
      }
    });

    it('keeps values of every form, and large ones', async () => {
      const { topic, group } = names();
      const key = 'Ключ \u0000 🌊';
      const values: Json[] = [
        null,
        0,
        false,
        '',
        'a\u0000b\u2028"👩‍👩‍👧',
        [],
        {},
        { ключ: [{ deep: 0.1 }, null] },
        'x'.repeat(500_000),
      ];
      await publish(bus(), topic, values, [key]);
      const got = new Collected();
      const member = await bus().consume({ topic, group, onBatch: got.onBatch });
      await come(got, values.length);
      await member.close();
      expect(got.of(key)).toEqual(values);
    });

    it('gives every group everything', async () => {
      const { topic } = names();
      await publish(bus(), topic, [1]);
      const both = [new Collected(), new Collected()];
      const members = await Promise.all(
        both.map((got) =>
          bus().consume({ topic, group: freshName('group'), onBatch: got.onBatch }),
        ),
      );
      for (const got of both) await come(got, KEYS.length);
      await Promise.all(members.map((member) => member.close()));
    });

    it('goes on where the group left off', async () => {
      const { topic, group } = names();
      const [before, after] = [new Collected(), new Collected()];
      await publish(bus(), topic, [1]);
      const first = await bus().consume({ topic, group, onBatch: before.onBatch });
      await come(before, KEYS.length);
      await first.close();
      await publish(bus(), topic, [2]);
      const second = await bus().consume({ topic, group, onBatch: after.onBatch });
      await eventually('the new ones have come', () =>
        KEYS.every((key) => after.of(key).includes(2)),
      );
      await second.close();
      expect(before.size).toBe(KEYS.length);
    });

    it('takes a publication of nothing', async () => {
      await expect(publishSurely(bus(), [])).resolves.toBeUndefined();
    });
  });

  describe('a handler that rejects', () => {
    it('gets the same messages again, before any later one of their partition', async () => {
      const { topic, group } = names();
      await publish(bus(), topic, upTo(3), ['one']);
      const [failed, got] = [new Collected(), new Collected()];
      let failures = 2;
      const onBatch: BatchHandler = async (messages) => {
        await (failures > 0 ? failed : got).onBatch(messages);
        failures -= 1;
        if (failures >= 0) throw new Unavailable('Not now');
      };
      const member = await bus().consume({ topic, group, onBatch });
      await eventually('it has failed', () => failed.size > 0);
      await publish(bus(), topic, [3], ['one']);
      await come(got, 4);
      await member.close();
      expect(got.of('one')).toEqual(upTo(4));
    });

    it('holds up its own partition only', async () => {
      const { topic, group } = names();
      await publish(bus(), topic, [1]);
      const got = new Collected();
      let stuck: number | undefined;
      const onBatch: BatchHandler = (messages) => {
        stuck ??= messages[0]?.partition;
        if (messages[0]?.partition === stuck) return Promise.reject(new Unavailable('Not now'));
        return got.onBatch(messages);
      };
      const member = await bus().consume({ topic, group, onBatch });
      await eventually('another partition goes on', () => got.size > 0);
      await member.close();
    });

    it('leaves its messages to the next member of the group', async () => {
      const { topic, group } = names();
      await publish(bus(), topic, [1]);
      const failed = new Collected();
      const onBatch: BatchHandler = async (messages) => {
        await failed.onBatch(messages);
        throw new Unavailable('Never');
      };
      const first = await bus().consume({ topic, group, onBatch });
      await eventually('it has failed', () => failed.size > 0);
      await first.close();
      const got = new Collected();
      const second = await bus().consume({ topic, group, onBatch: got.onBatch });
      await come(got, KEYS.length);
      await second.close();
    });
  });

  describe('the members of a group', () => {
    it('share a log, and take over from one who leaves', async () => {
      const { topic, group } = names();
      const [a, b] = [new Collected(), new Collected()];
      const all = () => new Set([...a.values(), ...b.values()]).size;
      const first = await bus().consume({ topic, group, onBatch: a.onBatch });
      const second = await bus().consume({ topic, group, onBatch: b.onBatch });
      let n = 0;
      const publishMore = () => publish(bus(), topic, [`value ${(n += 1)}`]);
      await publishMore();
      await eventually('each got some', () => {
        if (a.size > 0 && b.size > 0) return true;
        void publishMore();
        return false;
      });
      await first.close();
      const had = a.all.length;
      await publish(bus(), topic, ['last']);
      await eventually('the other got all', () => KEYS.every((key) => b.of(key).includes('last')));
      await eventually('nothing is missing', () => all() === n + 1);
      await second.close();
      expect(a.all).toHaveLength(had);
    });
  });

  describe('a tail', () => {
    it('gives everything published after it was opened, in order, to everybody', async () => {
      const { topic } = names();
      await publish(bus(), topic, ['before']);
      const both = [new Collected(), new Collected()];
      const tails = await Promise.all(
        both.map((got) => bus().tail({ topic, onBatch: got.onBatch })),
      );
      await publish(bus(), topic, upTo(30));
      for (const got of both) {
        await come(got, 30 * KEYS.length);
        for (const key of KEYS) expect(got.of(key)).toEqual(upTo(30));
      }
      await Promise.all(tails.map((tail) => tail.close()));
    });

    it('gives again what its handler rejected, and nothing after it was closed', async () => {
      const { topic } = names();
      const got = new Collected();
      let failures = 1;
      const onBatch: BatchHandler = (messages) => {
        failures -= 1;
        if (failures >= 0) return Promise.reject(new Unavailable('Not now'));
        return got.onBatch(messages);
      };
      const tail = await bus().tail({ topic, onBatch });
      await publish(bus(), topic, [1], ['one']);
      await come(got, 1);
      await tail.close();
      const had = got.all.length;
      await publish(bus(), topic, [2], ['one']);
      const other = new Collected();
      const group = freshName('group');
      const member = await bus().consume({ topic, group, onBatch: other.onBatch });
      await come(other, 2);
      await member.close();
      expect(got.all).toHaveLength(had);
    });
  });
};
