import {
  deliveryStream,
  orderStream,
  receiptsStream,
  type Behaviour,
  type Receipt,
} from '@crier/contracts';
import type { Opened } from '@crier/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecipientRow } from '../application/documents.ts';
import { appendFacts, at, untilFrozen, type Fact } from './facts.ts';
import {
  caughtUp,
  foldAll,
  startedOn,
  type OpenedReadModels,
  type OpenReadModels,
} from './opened-read-models.ts';
import { contactIds, randomHistory } from './random-history.ts';

const DAY_SECONDS = 86_400;
const SEED = 47;
const STORIES = 3;
/** Of each story. */
const ORDERS = 8;

const ids = contactIds(70, 'd');

const sentTo = (broadcastId: string, indexes: readonly number[], second: number): Fact => ({
  stream: deliveryStream(broadcastId, 0),
  event: {
    type: 'WindowTurned',
    data: { epoch: 'e', settled: indexes.map((index) => [index, 'sent']) },
  },
  second,
});

const receipt = (index: number, kind: Receipt['kind'], button?: number): Receipt => ({
  index,
  kind,
  at: at(60),
  dedupe: 'd',
  ...(button === undefined ? {} : { button }),
});

const told = (broadcastId: string, receipts: readonly Receipt[], second: number): Fact => ({
  stream: receiptsStream(broadcastId, 0, 0),
  event: {
    type: 'ReceiptsRecorded',
    data: { broadcastId, lane: 0, receipts, source: { partition: 0, offset: '1' } },
  },
  second,
});

/** Through the buy button of `long`; without an index, one that was the same for everybody. */
const ordered = (orderId: string, index?: number): Fact => ({
  stream: orderStream('books', orderId),
  event: {
    type: 'OrderCredited',
    data: {
      shop: 'books',
      orderId,
      broadcastId: 'long',
      lane: 0,
      button: 1,
      amount: 990,
      currency: 'EUR',
      at: at(60),
      ...(index === undefined ? {} : { index }),
    },
  },
  second: 2 * DAY_SECONDS + 3,
});

/** Seventy batches of one person each, started on the third of January; and a deleted one, of the sixth. */
const facts: readonly Fact[] = [
  ...untilFrozen({ id: 'long', lanes: [ids], batch: 1, second: 2 * DAY_SECONDS }),
  sentTo(
    'long',
    ids.map((_, index) => index),
    2 * DAY_SECONDS + 1,
  ),
  told(
    'long',
    [receipt(3, 'clicked', 1), receipt(3, 'opened'), receipt(69, 'clicked', 0)],
    2 * DAY_SECONDS + 2,
  ),
  ordered('1', 69),
  ordered('2', 4),
  ordered('3', 4),
  ordered('4'),
  ...untilFrozen({ id: 'deleted', lanes: [ids.slice(0, 2)], second: 5 * DAY_SECONDS }),
  sentTo('deleted', [1], 5 * DAY_SECONDS + 1),
  {
    stream: 'broadcast-deleted',
    event: { type: 'BroadcastDeleted', data: { broadcastId: 'deleted' } },
    second: 5 * DAY_SECONDS + 2,
  },
];

const didIt = (asked: Behaviour, { outcome, receipts }: RecipientRow): boolean =>
  asked.did === 'sent'
    ? outcome === 'sent'
    : receipts.some(
        ({ kind, button }) =>
          kind === asked.did && (asked.button === undefined || button === asked.button),
      );

/** Who did what: everybody whose row says so, and nobody else. */
export const behaviourSuite = (open: OpenReadModels): void => {
  describe('behaviours', () => {
    let opened: Opened<OpenedReadModels>;
    const models = () => opened.port.models;
    beforeAll(async () => {
      opened = await open();
      await appendFacts(opened.port.store, randomHistory(SEED, STORIES, ORDERS));
      await appendFacts(opened.port.store, facts);
      await foldAll(opened.port);
    });
    afterAll(() => opened.close());

    const people = async (asked: Behaviour, now = at(7 * DAY_SECONDS)): Promise<string[]> => {
      const found = new Set<string>();
      for await (const chunk of models().whoDid(asked, now)) for (const id of chunk) found.add(id);
      return [...found].sort();
    };

    it.each<Omit<Behaviour, 'broadcast'>>([
      { did: 'sent' },
      { did: 'delivered' },
      { did: 'opened' },
      { did: 'clicked' },
      { did: 'clicked', button: 0 },
      { did: 'clicked', button: 1 },
      { did: 'ordered' },
    ])('are those of the recipients: %j', async (deed) => {
      let all = 0;
      for (let story = 0; story < STORIES; story += 1) {
        const broadcast = `story-${SEED}-${story}`;
        const { items } = await models().recipients(broadcast, { limit: 1_000 });
        const expected = items.filter((row) => didIt(deed, row)).map((row) => row.contactId);
        expect(await people({ ...deed, broadcast })).toEqual([...new Set(expected)].sort());
        all += expected.length;
      }
      expect(all).toBeGreaterThan(0);
    });

    it('are read to the last of many pages', async () => {
      await expect(people({ did: 'sent', broadcast: 'long' })).resolves.toEqual(ids);
      await expect(people({ did: 'clicked', broadcast: 'long' })).resolves.toEqual([
        ids[3],
        ids[69],
      ]);
      await expect(people({ did: 'clicked', button: 1, broadcast: 'long' })).resolves.toEqual([
        ids[3],
      ]);
    });

    it('are orders of those whom a credit names, each person once', async () => {
      const who = [ids[4], ids[69]];
      await expect(people({ did: 'ordered', broadcast: 'long' })).resolves.toEqual(who);
      await expect(people({ did: 'ordered', lastDays: 5 })).resolves.toEqual(who);
      const { items } = await models().recipients('long', { limit: 5 });
      expect(items[4]?.receipts).toEqual([
        { kind: 'ordered', button: 1, count: 2, firstAt: at(60) },
      ]);
    });

    it('of the last days are those of broadcasts that started within them, deleted ones too', async () => {
      const now = at(7 * DAY_SECONDS);
      await expect(people({ did: 'sent', lastDays: 1 }, now)).resolves.toEqual([]);
      await expect(people({ did: 'sent', lastDays: 2 }, now)).resolves.toEqual([ids[1]]);
      await expect(people({ did: 'sent', lastDays: 4.9 }, now)).resolves.toEqual([ids[1]]);
      await expect(people({ did: 'sent', lastDays: 5 }, now)).resolves.toEqual(ids);
      await expect(people({ did: 'opened', lastDays: 5 }, now)).resolves.toEqual([ids[3]]);
      const everybody = await people({ did: 'sent', lastDays: 30 }, now);
      expect(everybody.length).toBeGreaterThan(ids.length);
    });

    it('of a broadcast that nobody knows are nobody', async () => {
      await expect(people({ did: 'sent', broadcast: 'unknown' })).resolves.toEqual([]);
    });

    it('stay whole while a rebuild replaces what they are read from', async () => {
      const reading = models()
        .whoDid({ did: 'sent', broadcast: 'long' }, at(0))
        [Symbol.asyncIterator]();
      const first = await reading.next();
      const projector = await startedOn(opened.port);
      await projector.rebuild();
      await caughtUp(projector, opened.port.store);
      await projector.stop();
      const found: string[] = [...(first.value as readonly string[])];
      for (let next = await reading.next(); next.done !== true; next = await reading.next())
        found.push(...next.value);
      expect(found.toSorted()).toEqual(ids);
    });
  });
};
