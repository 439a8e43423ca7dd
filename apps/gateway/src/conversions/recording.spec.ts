import { SqliteEventStore } from '@crier/adapter-sqlite';
import { broadcastStream, type OrderEvent } from '@crier/contracts';
import { Conversions, type Told } from '@crier/conversions';
import {
  AppendOutcomeUnknown,
  freshId,
  SystemClock,
  Unavailable,
  type EventStore,
} from '@crier/kernel';
import { HostileEventStore, seededRandom, someMetadata } from '@crier/kernel/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const clock = new SystemClock();
const broadcastId = '01890000-0000-7000-8000-000000000001';
const buttons = [{ kind: 'buy', label: 'Buy', url: 'https://shop.example' }] as const;
const content = { synchronised: true, elements: [{ type: 'text', text: 'Hi', buttons }] };
const lanes = [{ lane: 0, botId: 'tg', channel: 'telegram', planned: 9 }];

const told = (kind: Told['kind'], orderId: string, more: Partial<Told> = {}): Told => ({
  kind,
  shop: 'books',
  orderId,
  ref: { broadcastId, lane: 0, button: 0, contentRevision: 1 },
  amount: 1_000,
  currency: 'EUR',
  at: '2026-12-01T09:00:00.000Z',
  ...more,
});

/** Takes nothing, and never says so. */
class Silent extends HostileEventStore {
  override append(): Promise<never> {
    return Promise.reject(new AppendOutcomeUnknown('No answer'));
  }
}

describe('recording conversions', () => {
  let store: SqliteEventStore;
  beforeEach(async () => {
    store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
    const facts = [
      ['MessageComposed', { broadcastId, content, contentRevision: 1 }],
      ['AudienceFrozen', { broadcastId, planned: 9, lanes, excluded: {} }],
    ] as const;
    await store.append(
      broadcastStream(broadcastId),
      -1,
      facts.map(([type, data]) => ({ id: freshId(), type, data, metadata: someMetadata })),
    );
  });
  afterEach(() => store.close());

  const open = (over: EventStore = store) => new Conversions({ store: over, clock });
  const factsOf = async (orderId: string) =>
    (await store.read(`order-books-${orderId}`)).map(
      ({ type, data }) => ({ type, data }) as OrderEvent,
    );

  /** Tells until it is taken, as whoever gets "not available" does. */
  const insist = async (conversions: Conversions, one: Told): Promise<string> => {
    for (;;)
      try {
        return (await conversions.record(one, 'test')).became;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
  };

  it.each([1, 2, 3, 4])(
    'stores each fact once, from many sides, though answers are lost and appends come late (%i)',
    async (seed) => {
      const hostile = (n: number) =>
        new HostileEventStore(store, {
          seed: seed * 10 + n,
          lostAnswer: 0.2,
          lateAppend: 0.2,
          refused: 0.2,
          lateMs: 5,
        });
      const stores = [hostile(1), hostile(2), hostile(3)];
      const random = seededRandom(seed);
      const all = Array.from({ length: 20 }, (_, n) => `${n}`).flatMap((order) => [
        told('order', order, { amount: 1_200 }),
        told('sale', order),
        told('sale', order),
      ]);
      await Promise.all(
        stores.map(async (one) => {
          const conversions = open(one);
          const mixed = all
            .map((item) => ({ item, place: random() }))
            .toSorted((a, b) => a.place - b.place);
          for (const { item } of mixed) await insist(conversions, item);
          for (let n = 0; n < 20; n += 1)
            for (const part of ['a', 'b'])
              await insist(conversions, told('refund', `${n}`, { amount: 300, refundId: part }));
        }),
      );
      await Promise.all(stores.map((one) => one.settle()));
      for (let n = 0; n < 20; n += 1) {
        const facts = await factsOf(`${n}`);
        expect(facts.map(({ type }) => type)).toEqual([
          'OrderCredited',
          'SaleRecorded',
          'SaleRefunded',
          'SaleRefunded',
        ]);
        const refunds = facts.slice(2).map(({ data }) => (data as { refundId?: string }).refundId);
        expect(refunds.toSorted()).toEqual(['a', 'b']);
      }
    },
  );

  it('lets one of two win who tell of one order differently at once', async () => {
    const found = await Promise.all(
      [1, 2, 3, 4].map((amount) => open().record(told('sale', 'x', { amount }), 'test')),
    );
    expect(found.filter(({ became }) => became === 'recorded')).toHaveLength(1);
    const refused = found.flatMap((one) => (one.became === 'refused' ? [one.rejection.code] : []));
    expect(refused).toEqual(['SALE_DIFFERS', 'SALE_DIFFERS', 'SALE_DIFFERS']);
    await expect(factsOf('x')).resolves.toHaveLength(2);
  });

  it('says that it cannot now, when the answers are lost for good', async () => {
    const silent = new Silent(store, { seed: 1 });
    await expect(open(silent).record(told('order', 'x'), 'test')).rejects.toBeInstanceOf(
      Unavailable,
    );
    const refusing = new HostileEventStore(store, { seed: 1, refused: 1 });
    await expect(open(refusing).record(told('order', 'x'), 'test')).rejects.toBeInstanceOf(
      Unavailable,
    );
    await expect(factsOf('x')).resolves.toEqual([]);
  });

  it('refuses refs of broadcasts that the store does not have', async () => {
    const ref = { broadcastId: freshId(), lane: 0, button: 0, contentRevision: 1 };
    await expect(open().record(told('sale', 'x', { ref }), 'test')).resolves.toEqual({
      became: 'refused',
      rejection: { code: 'UNKNOWN_REF' },
    });
  });

  it('learns of a broadcast that was frozen after it was first asked for', async () => {
    const late = freshId();
    const ref = { broadcastId: late, lane: 0, button: 0, contentRevision: 1 };
    const conversions = open();
    await conversions.record(told('sale', 'x', { ref }), 'test');
    await store.append(broadcastStream(late), -1, [
      {
        id: freshId(),
        type: 'MessageComposed',
        data: { content, contentRevision: 1 },
        metadata: someMetadata,
      },
      { id: freshId(), type: 'AudienceFrozen', data: { lanes }, metadata: someMetadata },
    ]);
    await expect(conversions.record(told('sale', 'x', { ref }), 'test')).resolves.toEqual({
      became: 'recorded',
    });
  });
});
