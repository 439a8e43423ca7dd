import { describe, expect, it } from '@jest/globals';
import type { MessageBus } from '../message-bus.ts';
import type { Json } from '../json.ts';
import { publishSurely } from './insisting.ts';
import type { BusInHand } from './message-bus.suite.ts';
import { RecordedOwner } from './ownership-recording.ts';
import { eventually, freshName } from './waiting.ts';

const KEYS = Array.from({ length: 24 }, (_, n) => `bot-${n}`);

const publish = (bus: MessageBus, topic: string, value: Json) =>
  publishSurely(
    bus,
    KEYS.map((key) => ({ topic, key, value })),
  );

const keysOf = (messages: readonly { readonly key: string }[]) =>
  [...new Set(messages.map(({ key }) => key))].sort();

/** Owning partitions of a table and its logs. */
export const ownershipSuite = (bus: BusInHand): void => {
  const names = () => ({
    group: freshName('owners'),
    table: freshName('lanes.'),
    log: freshName('log'),
  });

  describe('an owner', () => {
    it('gets the whole table of a partition before anything of its logs', async () => {
      const places = names();
      await publish(bus(), places.log, 'work');
      await publish(bus(), places.table, 'old');
      await publish(bus(), places.table, 'new');
      const owner = new RecordedOwner();
      const membership = await owner.join(bus(), places);
      await eventually('all work has come', () => owner.work.size === KEYS.length);
      await eventually('all is held', () => keysOf(owner.entries).length === KEYS.length);
      await membership.close();
      expect(owner.strays).toEqual([]);
      expect(owner.entries.map(({ value }) => value)).toEqual(KEYS.map(() => 'new'));
    });

    it('hears of later changes of the table, removals too', async () => {
      const places = names();
      await publish(bus(), places.table, 'first');
      const owner = new RecordedOwner();
      const membership = await owner.join(bus(), places);
      await eventually('all is held', () => keysOf(owner.entries).length === KEYS.length);
      await publish(bus(), places.table, 'changed');
      await eventually('changes have come', () =>
        KEYS.every((key) => owner.changes.of(key).includes('changed')),
      );
      await publish(bus(), places.table, null);
      await eventually('removals have come', () =>
        KEYS.every((key) => owner.changes.of(key).includes(null)),
      );
      await membership.close();
    });

    it('finds no removed key in the table', async () => {
      const places = names();
      await publish(bus(), places.table, 'value');
      await publishSurely(bus(), [{ topic: places.table, key: 'bot-3', value: null }]);
      const owner = new RecordedOwner();
      const membership = await owner.join(bus(), places);
      await publish(bus(), places.log, 'work');
      await eventually('all work has come', () => owner.work.size === KEYS.length);
      await membership.close();
      expect(keysOf(owner.entries)).toEqual([...KEYS].filter((key) => key !== 'bot-3').sort());
    });

    it('gets no work before it accepts a partition, and is asked again', async () => {
      const places = names();
      await publish(bus(), places.log, 'work');
      const owner = new RecordedOwner();
      owner.refusals = 3;
      const membership = await owner.join(bus(), places);
      await eventually('all work has come', () => owner.work.size === KEYS.length);
      await membership.close();
      expect(owner.strays).toEqual([]);
    });

    it('is told to let go of everything when it leaves', async () => {
      const places = names();
      const owner = new RecordedOwner();
      const membership = await owner.join(bus(), places);
      await eventually('something is held', () => owner.held.size > 0);
      await membership.close();
      expect(owner.held.size).toBe(0);
    });
  });

  describe('the owners of a group', () => {
    it('end with every partition held by exactly one of them', async () => {
      const places = names();
      await publish(bus(), places.table, 'value');
      const owners = [new RecordedOwner(), new RecordedOwner(), new RecordedOwner()];
      const held = () => owners.flatMap((owner) => [...owner.held]);
      const first = await owners[0]?.join(bus(), places);
      await eventually('all is held', () => keysOf(owners[0]?.entries ?? []).length === 24);
      const partitions = held().length;
      const others = await Promise.all(owners.slice(1).map((owner) => owner.join(bus(), places)));
      await eventually(
        'all is shared',
        () =>
          owners.every((owner) => owner.held.size > 0) &&
          held().length === partitions &&
          new Set(held()).size === partitions,
      );
      await first?.close();
      await eventually('the others hold all', () => new Set(held()).size === partitions);
      await Promise.all(others.map((other) => other.close()));
      expect(held()).toEqual([]);
    });

    it('give the work of a partition, unfinished, to the next who holds it', async () => {
      const places = names();
      const [first, second] = [new RecordedOwner(), new RecordedOwner()];
      const one = await first.join(bus(), places);
      await publish(bus(), places.log, 'early');
      await eventually('early work is done', () => first.work.size === KEYS.length);
      const two = await second.join(bus(), places);
      await one.close();
      await publish(bus(), places.log, 'late');
      await eventually('late work is done', () =>
        KEYS.every((key) => second.work.of(key).includes('late')),
      );
      await two.close();
      expect(second.strays).toEqual([]);
    });
  });
};
