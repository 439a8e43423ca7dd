import type { IncomingMessage, MessageBus, Subscription } from '@crier/kernel';
import { eventually, freshName, publishSurely } from '@crier/kernel/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../tools/integration.ts';
import { OwnerProcess } from '../test/owner-process.ts';
import { openTestBus } from '../test/test-bus.ts';

const PARTITIONS = 6;
const KEYS = Array.from({ length: 60 }, (_, n) => `bot-${n}`);

const names = () => ({
  group: freshName('owners'),
  table: freshName('lanes.'),
  log: freshName('log'),
});

type Names = ReturnType<typeof names>;

/** An owner in this process, with the order of what it was told. */
class LocalOwner {
  readonly held = new Set<number>();
  readonly told: string[] = [];
  readonly work: IncomingMessage[] = [];

  join(bus: MessageBus, { group, table, log }: Names): Promise<Subscription> {
    const note = (what: string, partition: number): Promise<void> => {
      this.told.push(`${what} ${partition}`);
      if (what === 'holds') this.held.add(partition);
      else this.held.delete(partition);
      return Promise.resolve();
    };
    return bus.own({
      ...{ group, table },
      logs: {
        [log]: (messages) => {
          this.work.push(...messages);
          return Promise.resolve();
        },
      },
      onChange: () => Promise.resolve(),
      onAssigned: (partition) => note('holds', partition),
      onRevoked: (partition) => note('drops', partition),
    });
  }
}

const publish = (bus: MessageBus, { log }: Names, values: readonly number[]) =>
  publishSurely(
    bus,
    values.flatMap((value) => KEYS.map((key) => ({ topic: log, key, value }))),
  );

withServer('kafka', (address) => {
  describe('the members of a group in Kafka', () => {
    let opened: Awaited<ReturnType<typeof openTestBus>>;
    let process: OwnerProcess | undefined;
    beforeAll(async () => {
      opened = await openTestBus(address);
    });
    afterEach(() => {
      process?.signal('SIGKILL');
    });
    afterAll(() => opened.close());

    const shared = async (places: Names) => {
      const owner = new LocalOwner();
      const membership = await owner.join(opened.port, places);
      await eventually('all is held', () => owner.held.size === PARTITIONS);
      const other = new OwnerProcess(address, places);
      process = other;
      await eventually('it is shared', () => owner.held.size === 3 && other.held.length === 3);
      return { owner, membership, other };
    };

    it('leaves alone what a member keeps when another joins or leaves', async () => {
      const places = names();
      const owner = new LocalOwner();
      const membership = await owner.join(opened.port, places);
      await eventually('all is held', () => owner.held.size === PARTITIONS);
      const second = new LocalOwner();
      const joined = await second.join(opened.port, places);
      await eventually('it is shared', () => owner.held.size === 3 && second.held.size === 3);
      await joined.close();
      await eventually('all is held again', () => owner.held.size === PARTITIONS);
      expect(owner.told).toHaveLength(PARTITIONS + 3 + 3);
      expect(second.told).toHaveLength(3 + 3);
      await membership.close();
    });

    it('give a partition on when its holder has let go of it, not before', async () => {
      const places = names();
      const [first, second] = [new LocalOwner(), new LocalOwner()];
      const one = await first.join(opened.port, places);
      await eventually('all is held', () => first.held.size === PARTITIONS);
      let overlaps = 0;
      const both = () => [...second.held].filter((partition) => first.held.has(partition));
      const watching = setInterval(() => (overlaps += both().length), 1);
      const two = await second.join(opened.port, places);
      await eventually('it is shared', () => first.held.size === 3 && second.held.size === 3);
      await one.close();
      await eventually('all has moved', () => second.held.size === PARTITIONS);
      clearInterval(watching);
      await two.close();
      expect(overlaps).toBe(0);
    });

    it('take over from one that died', async () => {
      const places = names();
      const { owner, membership, other } = await shared(places);
      other.signal('SIGKILL');
      await eventually('all is held', () => owner.held.size === PARTITIONS);
      await publish(opened.port, places, [1]);
      await eventually('all work is done', () => owner.work.length >= KEYS.length);
      await membership.close();
    });

    it('do nothing after a long sleep with what others hold since, and notice it', async () => {
      const places = names();
      const { owner, membership, other } = await shared(places);
      const had = other.held;
      await publish(
        opened.port,
        places,
        Array.from({ length: 200 }, (_, n) => n),
      );
      await eventually('it works', () => other.lines.some((line) => line.startsWith('works')));
      other.signal('SIGSTOP');
      await eventually('all is held here', () => owner.held.size === PARTITIONS);
      await publish(opened.port, places, [1000]);

      const before = other.lines.length;
      other.signal('SIGCONT');
      await eventually('it holds some anew', () =>
        other.lines.slice(before).some((line) => line.startsWith('holds')),
      );
      await eventually(
        'it is shared again',
        () => owner.held.size === 3 && other.held.length === 3,
      );
      await membership.close();

      const since = other.lines.slice(before);
      for (const partition of had) {
        const first = since.find((line) => line.endsWith(` ${partition}`));
        expect(first).toBe(`drops ${partition}`);
        expect(since.filter((line) => line === `drops ${partition}`)).toHaveLength(1);
      }
      let held: readonly number[] = [];
      for (const line of since) {
        const partition = Number(line.split(' ')[1]);
        if (line.startsWith('holds')) held = [...held, partition];
        if (line.startsWith('works')) expect(held).toContain(partition);
      }
    });
  });
});
