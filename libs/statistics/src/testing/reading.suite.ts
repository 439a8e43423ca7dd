import {
  broadcastStream,
  deliveryStream,
  orderStream,
  type BroadcastEvent,
  type OrderEvent,
} from '@crier/contracts';
import type { Opened } from '@crier/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SORTABLE,
  type BroadcastRow,
  type ListQuery,
  type RecipientRow,
} from '../application/documents.ts';
import { READ_MODEL_VERSION } from '../application/projector.ts';
import { appendFacts, at, untilFrozen, type Fact } from './facts.ts';
import { foldAll, type OpenedReadModels, type OpenReadModels } from './opened-read-models.ts';
import { contactIds, randomHistory } from './random-history.ts';

const life = (id: string, event: BroadcastEvent): Fact => ({
  stream: broadcastStream(id),
  event,
  second: 50_000,
});

/** Bought through the second lane of `named`. */
const order = (event: OrderEvent): Fact => ({
  stream: orderStream(event.data.shop, event.data.orderId),
  event,
  second: 200_000,
});
const purchase = {
  shop: 'books',
  orderId: '1',
  broadcastId: 'named',
  lane: 1,
  index: 2,
  button: 1,
  amount: 2_590,
  currency: 'EUR',
  at: at(200_000),
};

const ids = contactIds(5);
/** Deleted, drafted, stopped before it was frozen, and one with a name of its own on another channel. */
const special: readonly Fact[] = [
  ...untilFrozen({ id: 'gone', lanes: [ids.slice(1)], batch: 2 }),
  {
    stream: deliveryStream('gone', 0),
    event: {
      type: 'WindowTurned',
      data: {
        epoch: 'e',
        settled: [
          [0, 'sent'],
          [3, 'failed', { reason: 'blocked' }],
        ],
      },
    },
    second: 70,
  },
  life('gone', { type: 'BroadcastDeleted', data: { broadcastId: 'gone' } }),
  ...untilFrozen({ id: 'never', lanes: [ids] }).slice(0, -1),
  life('never', { type: 'BroadcastStopped', data: { broadcastId: 'never' } }),
  ...untilFrozen({ id: 'draft', lanes: [], second: 100_000 }).slice(0, 1),
  ...untilFrozen({
    id: 'named',
    name: 'ОСЕННЯЯ Sale',
    channel: 'vk',
    lanes: [ids.slice(0, 2), ids.slice(2)],
    second: 200_000,
  }),
  order({ type: 'OrderCredited', data: purchase }),
  order({ type: 'SaleRecorded', data: purchase }),
  order({ type: 'SaleRefunded', data: { ...purchase, amount: 90, refundId: 'r' } }),
  order({ type: 'OrderCredited', data: { ...purchase, orderId: '2', button: 0 } }),
];

/** What everybody who reads is promised. */
export const readingSuite = (open: OpenReadModels): void => {
  describe('reading', () => {
    let opened: Opened<OpenedReadModels>;
    const models = () => opened.port.models;
    beforeAll(async () => {
      opened = await open();
      await appendFacts(opened.port.store, randomHistory(31, 9));
      await appendFacts(opened.port.store, special);
      await foldAll(opened.port);
    });
    afterAll(() => opened.close());

    const list = async (query: Partial<ListQuery>): Promise<BroadcastRow[]> => {
      const rows: BroadcastRow[] = [];
      const whole = { sort: 'createdAt', descending: false, limit: 4, ...query } as const;
      for (let after: string | undefined, pages = 0; pages < 20; pages += 1) {
        const page = await models().list({ ...whole, ...(after === undefined ? {} : { after }) });
        rows.push(...page.items);
        if (page.next === undefined) return rows;
        after = page.next;
      }
      throw new Error('There is no end of pages');
    };

    it.each(SORTABLE)('lists by %s, each broadcast once, either way round', async (sort) => {
      const up = (await list({ sort })).map(({ id }) => id);
      const down = (await list({ sort, descending: true })).map(({ id }) => id);
      expect(new Set(up).size).toBe(12);
      expect(down.toReversed()).toEqual(up);
      const rows = await list({ sort });
      const values = rows.map((row) => row[sort] ?? 0);
      if (sort !== 'status' && typeof values[1] === 'number')
        expect(values).toEqual(values.toSorted((a, b) => Number(a) - Number(b)));
    });

    it('lists by status in the order of a life', async () => {
      const order = ['draft', 'scheduled', 'preparing', 'sending', 'held', 'sent', 'stopped'];
      const found = (await list({ sort: 'status' })).map(({ status }) => order.indexOf(status));
      expect(found).toEqual(found.toSorted((a, b) => a - b));
    });

    it('filters by status, channel, part of the name in any case, and day', async () => {
      const found = async (query: Partial<ListQuery>) => (await list(query)).map(({ id }) => id);
      await expect(found({ status: ['draft'] })).resolves.toEqual(['draft']);
      await expect(found({ status: [] })).resolves.toEqual([]);
      await expect(found({ status: ['draft', 'stopped'], name: 'NEV' })).resolves.toEqual([
        'never',
      ]);
      await expect(found({ channel: 'vk' })).resolves.toEqual(['named']);
      await expect(found({ channel: 'v' })).resolves.toEqual([]);
      await expect(found({ name: 'осенняя s' })).resolves.toEqual(['named']);
      await expect(found({ name: '%' })).resolves.toEqual([]);
      await expect(found({ from: at(100_000) })).resolves.toEqual(['draft', 'named']);
      await expect(found({ from: at(100_000), to: at(200_000) })).resolves.toEqual(['draft']);
    });

    it('refuses a cursor of another question, and one of nobody', async () => {
      const query = { sort: 'name', descending: false, limit: 2 } as const;
      const { next: after = '' } = await models().list(query);
      const refused = { code: 'BAD_CURSOR' };
      await expect(models().list({ ...query, limit: 5, after })).resolves.toBeDefined();
      for (const other of [{ sort: 'sent' }, { descending: true }, { channel: 'vk' }] as const)
        await expect(models().list({ ...query, ...other, after })).rejects.toMatchObject(refused);
      await expect(models().list({ ...query, after: 'nonsense' })).rejects.toMatchObject(refused);
      await expect(models().recipients('named', { limit: 1, after })).rejects.toMatchObject(
        refused,
      );
      await expect(models().deliveries('x', { limit: 1, after })).rejects.toMatchObject(refused);
    });

    it('shows the same row alone, in the list and in the report', async () => {
      for (const row of await list({})) {
        await expect(models().row(row.id)).resolves.toEqual(row);
        await expect(models().report(row.id)).resolves.toMatchObject({ row });
      }
    });

    it('tells of each row how much its message has, and who wrote it when', async () => {
      const rows = await list({ name: 'sale' });
      expect(rows).toMatchObject([
        {
          id: 'named',
          elements: { own: {}, others: 1 },
          composed: { at: at(200_000), actor: 'test' },
        },
      ]);
      await expect(models().row('draft')).resolves.toMatchObject({
        elements: null,
        composed: null,
      });
    });

    it('knows nothing of a deleted or unknown broadcast, but what its recipients got', async () => {
      for (const id of ['gone', 'unknown']) {
        await expect(models().row(id)).resolves.toBeUndefined();
        await expect(models().report(id)).resolves.toBeUndefined();
      }
      await expect(models().recipients('unknown', { limit: 9 })).resolves.toEqual({ items: [] });
      const { items } = await models().deliveries(ids[4]!, { limit: 9 });
      expect(items).toMatchObject([
        { broadcastId: 'named', lane: 1, index: 2, outcome: 'waiting', botId: 'bot-1' },
        {
          broadcastId: 'gone',
          lane: 0,
          index: 3,
          outcome: 'failed',
          reason: 'blocked',
          at: at(70),
        },
      ]);
    });

    it('pages through what a person got, the newest first', async () => {
      const first = await models().deliveries(ids[1]!, { limit: 1 });
      expect(first.items).toMatchObject([{ broadcastId: 'named', channel: 'vk' }]);
      const after = first.next ?? '';
      const second = await models().deliveries(ids[1]!, { limit: 1, after });
      expect(second.items).toMatchObject([{ broadcastId: 'gone', outcome: 'sent' }]);
      expect(second.next).toBeUndefined();
      await expect(models().deliveries('nobody', { limit: 5 })).resolves.toEqual({ items: [] });
      await expect(models().deliveries(ids[2]!, { limit: 1, after })).rejects.toThrow();
    });

    it('tells what many people got at one bot, the newest first, whoever asks for whom and how often', async () => {
      const others = ['0', '1', '2'].flatMap((lane) => contactIds(12, lane));
      const asked = [ids[4]!, 'nobody', ids[1]!, ...others, ...ids];
      const bots = ['bot-0', 'bot-1'];
      const found = await Promise.all(bots.map((bot) => models().deliveriesAt(bot, asked, 50)));
      for (const id of asked) {
        const { items } = await models().deliveries(id, { limit: 50 });
        for (const [at, bot] of bots.entries())
          expect(found[at]?.get(id) ?? []).toEqual(items.filter(({ botId }) => botId === bot));
      }
      expect(found.flatMap((each) => [...each.keys()])).not.toContain('nobody');
      expect(found.map((each) => each.size > 4)).toEqual([true, true]);
      const newest = await models().deliveriesAt('bot-0', asked, 1);
      for (const [id, rows] of newest) expect(rows).toEqual(found[0]?.get(id)?.slice(0, 1));
      await expect(models().deliveriesAt('unknown', asked, 50)).resolves.toEqual(new Map());
      await expect(models().deliveriesAt('bot-0', [], 50)).resolves.toEqual(new Map());
    });

    it('reports orders, sales and money of a broadcast', async () => {
      const report = await models().report('named');
      expect(report?.row).toMatchObject({ orders: 2, sales: 1 });
      expect(report?.revenue).toEqual([{ currency: 'EUR', amount: 2_590, refunded: 90 }]);
      expect(report?.channels).toEqual([{ channel: 'vk', orders: 2, sales: 1 }]);
      expect(report?.buttons).toMatchObject([
        { kind: 'link', orders: 1, sales: 0 },
        { kind: 'buy', orders: 1, sales: 1 },
      ]);
      const [most] = await list({ sort: 'orders', descending: true, channel: 'vk' });
      expect(most).toMatchObject({ id: 'named', orders: 2, sales: 1 });
    });

    it('shows no places of an audience that was never frozen', async () => {
      await expect(models().recipients('never', { limit: 5 })).resolves.toEqual({ items: [] });
    });

    it('pages through recipients in order of lane and index', async () => {
      const paged: RecipientRow[] = [];
      let after: string | undefined;
      do {
        const page = await models().recipients('named', {
          limit: 2,
          ...(after === undefined ? {} : { after }),
        });
        paged.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      expect(paged.map(({ lane, index, contactId }) => [lane, index, contactId])).toEqual([
        [0, 0, ids[0]],
        [0, 1, ids[1]],
        [1, 0, ids[2]],
        [1, 1, ids[3]],
        [1, 2, ids[4]],
      ]);
    });

    it('filters recipients by outcome, reason and lane', async () => {
      const found = async (id: string, query: object) =>
        (await models().recipients(id, { limit: 1, ...query })).items.map(({ index }) => index);
      await expect(found('gone', { outcome: 'failed' })).resolves.toEqual([3]);
      await expect(found('gone', { outcome: 'failed', reason: 'block' })).resolves.toEqual([]);
      await expect(found('gone', { reason: 'blocked' })).resolves.toEqual([3]);
      await expect(found('gone', { outcome: 'waiting' })).resolves.toEqual([1]);
      await expect(found('gone', { lane: 1 })).resolves.toEqual([]);
      await expect(found('named', { lane: 1, limit: 9 })).resolves.toEqual([0, 1, 2]);
    });

    it('says how far it has come', async () => {
      const head = await opened.port.store.head();
      await expect(models().progress()).resolves.toEqual([
        {
          projection: 'read-models',
          version: READ_MODEL_VERSION,
          position: head,
          recordedAt: at(200_000),
          rebuilding: false,
        },
      ]);
    });
  });
};
