import {
  accept,
  commandHandler,
  reject,
  Unavailable,
  type Decider,
  type Decision,
  type EventStore,
} from '@crier/kernel';
import { HostileEventStore, someMetadata } from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../index.ts';

interface Take {
  readonly id: string;
  readonly seats: number;
}
interface SeatsTaken {
  readonly type: 'SeatsTaken';
  readonly data: { readonly by: string; readonly seats: number };
}
interface Hall {
  readonly left: number;
  readonly orders: readonly string[];
}

const SEATS = 40;

/** A hall of seats: a repeat is accepted without events, more than is left is refused. */
const hall: Decider<Hall, Take, SeatsTaken, 'SOLD_OUT'> = {
  initialState: { left: SEATS, orders: [] },
  decide: ({ id, seats }, { left, orders }): Decision<SeatsTaken, 'SOLD_OUT'> => {
    if (orders.includes(id)) return accept();
    if (seats > left) return reject('SOLD_OUT');
    const one = Array.from({ length: seats }, () => ({ by: id, seats: 1 }));
    return accept(...one.map((data) => ({ type: 'SeatsTaken', data }) as const));
  },
  evolve: ({ left, orders }, { data }) => ({
    left: left - data.seats,
    orders: orders.includes(data.by) ? orders : [...orders, data.by],
  }),
};

const takerOf = (store: EventStore) => {
  const handle = commandHandler(store, hall, (stored) => stored as unknown as SeatsTaken);
  return (id: string, seats: number) =>
    handle({ stream: 'hall', commandId: id, command: { id, seats }, metadata: someMetadata });
};

const openStore = () => SqliteEventStore.open({ path: ':memory:', writer: 'inline' });

describe('commandHandler', () => {
  it('appends what is decided and gives the state that follows', async () => {
    const take = takerOf(await openStore());
    await expect(take('a', 3)).resolves.toEqual({
      accepted: true,
      revision: 2,
      state: { left: 37, orders: ['a'] },
      appended: 3,
    });
    await expect(take('b', 1)).resolves.toMatchObject({ revision: 3, state: { left: 36 } });
  });

  it('accepts a repeat without appending, and passes on a refusal with the revision it saw', async () => {
    const take = takerOf(await openStore());
    await take('a', 38);
    await expect(take('a', 38)).resolves.toMatchObject({ accepted: true, appended: 0 });
    await expect(take('b', 3)).resolves.toEqual({
      accepted: false,
      rejection: 'SOLD_OUT',
      revision: 37,
    });
  });

  it('decides anew when another writer was first', async () => {
    const store = await openStore();
    const take = takerOf(store);
    const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => take(id, 8)));
    expect(results.every(({ accepted }) => accepted)).toBe(true);
    await expect(take('f', 1)).resolves.toMatchObject({ accepted: false });
    await expect(store.read('hall')).resolves.toHaveLength(SEATS);
  });

  it('throws what it cannot cure, and gives up after many conflicts', async () => {
    const store = await openStore();
    const refusing = new HostileEventStore(store, { seed: 1, refused: 1 });
    await expect(takerOf(refusing)('a', 1)).rejects.toThrow(Unavailable);
    const forgetting = new HostileEventStore(store, { seed: 1, lateAppend: 1, lateMs: 500 });
    const takeLate = takerOf(forgetting);
    await expect(takeLate('a', 1)).rejects.toMatchObject({ code: 'APPEND_OUTCOME_UNKNOWN' });
    await forgetting.settle();
    await expect(store.read('hall')).resolves.toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5])(
    'sells every seat once, whatever the network does (%i)',
    async (seed) => {
      const store = await openStore();
      const hostile = new HostileEventStore(store, {
        seed,
        lostAnswer: 0.2,
        lateAppend: 0.2,
        refused: 0.1,
        delayMs: 1,
        lateMs: 4,
      });
      const take = takerOf(hostile);
      const insist = async (id: string): Promise<boolean> => {
        for (;;)
          try {
            return (await take(id, 4)).accepted;
          } catch {
            /* its caller tries again */
          }
      };
      const ids = Array.from({ length: 14 }, (_, n) => `order-${n}`);
      const accepted = await Promise.all([...ids, ...ids].map(insist));
      await hostile.settle();

      const stored = (await store.read('hall')) as unknown as readonly SeatsTaken[];
      const buyers = new Set(stored.map(({ data }) => data.by));
      expect(stored).toHaveLength(SEATS);
      expect(buyers.size).toBe(SEATS / 4);
      ids.forEach((id, index) => {
        expect([accepted[index], accepted[index + ids.length]]).toEqual([
          buyers.has(id),
          buyers.has(id),
        ]);
      });
    },
  );
});
