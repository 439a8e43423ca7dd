import { broadcastStream, deliveryStream, orderStream, type Entry } from '@crier/contracts';
import { Unavailable } from '@crier/kernel';
import { eventually, HostileEventStore, type Opened } from '@crier/kernel/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Projector, READ_MODEL_VERSION } from '../application/projector.ts';
import {
  GenerationTables,
  ReadModelWriter,
  type Generation,
  type Step,
} from '../application/read-model-writer.ts';
import { verify } from '../application/verify.ts';
import { appendFacts, at, untilFrozen, type Fact } from './facts.ts';
import {
  caughtUp,
  depsOf,
  everything,
  foldAll,
  startedOn,
  type OpenedReadModels,
  type OpenReadModels,
} from './opened-read-models.ts';
import { contactIds, randomHistory } from './random-history.ts';

/** Commits, then says that it could not; the next one it refuses; the third is answered. */
class ForgetfulWriter extends ReadModelWriter {
  readonly #inner: ReadModelWriter;
  #commits = 0;
  constructor(inner: ReadModelWriter) {
    super();
    this.#inner = inner;
  }
  generations = (): Promise<readonly Generation[]> => this.#inner.generations();
  begin = (version: number): Promise<Generation> => this.#inner.begin(version);
  promote = (generation: number): Promise<void> => this.#inner.promote(generation);
  discard = (generation: number): Promise<void> => this.#inner.discard(generation);
  tables(generation: number): GenerationTables {
    const inner = this.#inner.tables(generation);
    const commit = async (step: Step): Promise<boolean> => {
      this.#commits += 1;
      if (this.#commits % 3 === 2) throw new Unavailable('refused');
      const done = await inner.commit(step);
      if (this.#commits % 3 === 1) throw new Unavailable('the answer was lost');
      return done;
    };
    return Object.assign(Object.create(inner) as GenerationTables, {
      mailing: inner.mailing.bind(inner),
      hour: inner.hour.bind(inner),
      lane: inner.lane.bind(inner),
      pages: inner.pages.bind(inner),
      commit,
    });
  }
}

/** Of each broadcast. */
const ORDERS = 12;

const someSale = {
  shop: 'books',
  orderId: '1',
  broadcastId: 'one',
  lane: 0,
  button: 1,
  amount: 990,
  currency: 'EUR',
  at: at(1),
};

const wrongTotals = (id: string): Fact => ({
  stream: deliveryStream(id, 0),
  event: {
    type: 'LaneCompleted',
    data: { order: 0, sent: 1, failed: 0, skipped: 0, unconfirmed: 0, stopped: 0 },
  },
  second: 9,
});

/** Exactly-once effect, rebuilds, and the stop before what cannot be applied. */
export const foldingSuite = (open: OpenReadModels): void => {
  describe('folding', () => {
    let opened: Opened<OpenedReadModels>;
    const running: Projector[] = [];
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((projector) => projector.stop()));
      await opened.close();
    });

    const started = async (on: OpenedReadModels = opened.port): Promise<Projector> => {
      const projector = await startedOn(on);
      running.push(projector);
      return projector;
    };

    const folded = async () => everything(opened.port.models);

    it.each([1, 2, 3, 4])(
      'proves true for random histories, however it is cut (%i)',
      async (seed) => {
        const { port } = opened;
        const facts = randomHistory(seed, 3, ORDERS);
        for (let start = 0; start < facts.length; start += 61) {
          await appendFacts(port.store, facts.slice(start, start + 61));
          await foldAll(port);
        }
        const verified = await verify(port.store, port.models);
        expect(verified).toEqual(verified.map(({ id }) => ({ id, ok: true, differences: [] })));
        expect(verified).toHaveLength(3);

        const projector = await started();
        const before = await folded();
        await projector.rebuild();
        expect(await folded()).toEqual(before);
        await expect(port.models.progress()).resolves.toMatchObject([{ rebuilding: false }]);
        await projector.stop();
      },
    );

    it('takes a step once, and only from where it stands', async () => {
      const { writer, models } = opened.port;
      const { number } = await writer.begin(1);
      const tables = writer.tables(number);
      const changes = { batches: [], frozen: [], pages: [], hours: [], mailings: [] };
      const step = { after: undefined, position: '5', recordedAt: undefined, changes };
      await expect(tables.commit(step)).resolves.toBe(true);
      await expect(tables.commit(step)).resolves.toBe(false);
      await expect(tables.commit({ ...step, after: '4', position: '6' })).resolves.toBe(false);
      await expect(models.progress()).resolves.toMatchObject([{ position: '5' }]);
    });

    it('counts nothing twice when batches come again, answers are lost and commits refused', async () => {
      const { port } = opened;
      await appendFacts(port.store, randomHistory(11, 2, ORDERS));
      const store = new HostileEventStore(port.store, { seed: 5, repeatedBatch: 0.5 });
      const writer = new ForgetfulWriter(port.writer);
      const projector = await started({ ...port, store, writer });
      await caughtUp(projector, port.store);
      await projector.stop();
      const verified = await verify(port.store, port.models);
      expect(verified.flatMap(({ differences }) => differences)).toEqual([]);
    });

    it('rebuilds beside what serves while events arrive', async () => {
      const { port } = opened;
      const facts = randomHistory(21, 4, ORDERS);
      const half = Math.floor(facts.length / 2);
      await appendFacts(port.store, facts.slice(0, half));
      const projector = await started();
      await caughtUp(projector, port.store);
      const rebuilt = projector.rebuild();
      await expect(projector.rebuild()).rejects.toMatchObject({ code: 'REBUILD_RUNNING' });
      const arriving = appendFacts(port.store, facts.slice(half));
      await Promise.all([rebuilt, arriving]);
      await caughtUp(projector, port.store);
      const verified = await verify(port.store, port.models);
      expect(verified.map(({ ok }) => ok)).toEqual([true, true, true, true]);
      await projector.stop();
    });

    it('goes on with a rebuild that a crash cut off', async () => {
      const { port } = opened;
      await appendFacts(port.store, randomHistory(5, 1, ORDERS));
      await foldAll(port);
      const before = await folded();
      await port.writer.begin(READ_MODEL_VERSION);
      const projector = await started();
      await expect(projector.rebuild()).rejects.toMatchObject({ code: 'REBUILD_RUNNING' });
      await eventually('it has taken over', () => projector.status().rebuilding === undefined);
      expect(await folded()).toEqual(before);
      await expect(port.models.progress()).resolves.toHaveLength(1);
      await projector.stop();
    });

    it('replaces the documents of another version by itself, and serves them until then', async () => {
      const { port } = opened;
      await port.writer.begin(0);
      await appendFacts(port.store, untilFrozen({ id: 'one', lanes: [contactIds(3)] }));
      await foldAll(port);
      await expect(port.models.progress()).resolves.toMatchObject([
        { version: READ_MODEL_VERSION },
      ]);
      await expect(port.models.row('one')).resolves.toMatchObject({ planned: 3 });
    });

    it('stands still before an event that cannot be applied, with all before it folded', async () => {
      const { port } = opened;
      await appendFacts(port.store, untilFrozen({ id: 'one', lanes: [contactIds(3)] }));
      await appendFacts(port.store, [wrongTotals('one')]);
      await appendFacts(port.store, untilFrozen({ id: 'two', lanes: [] }));
      for (let time = 0; time < 2; time += 1) {
        const projector = await started();
        await eventually('it stands still, and the rebuild beside it', () => {
          const { state, rebuilding } = projector.status();
          return state === 'stopped' && rebuilding?.state !== 'running';
        });
        expect(projector.status().fault).toMatchObject({
          code: 'ILLEGAL_HISTORY',
          stream: deliveryStream('one', 0),
          revision: 0,
          type: 'LaneCompleted',
        });
        await expect(projector.rebuild()).rejects.toMatchObject({ code: 'PROJECTOR_STOPPED' });
        await projector.stop();
      }
      await expect(port.models.row('one')).resolves.toMatchObject({ planned: 3, waiting: 3 });
      await expect(port.models.row('two')).resolves.toBeUndefined();
    });

    it('tells how far behind the events the readers are', async () => {
      const { port } = opened;
      const lags: number[] = [];
      await appendFacts(port.store, untilFrozen({ id: 'one', lanes: [contactIds(3)] }));
      const deps = { ...depsOf(port), onLag: (ms: number) => lags.push(ms) };
      const projector = new Projector(deps);
      await projector.start();
      await caughtUp(projector, port.store);
      await projector.stop();
      expect(lags).toHaveLength(7);
      expect(Math.min(...lags)).toBeGreaterThan(0);
    });

    it('finds a lie in the read models', async () => {
      const { port } = opened;
      const facts = untilFrozen({ id: 'one', lanes: [contactIds(3)] });
      await appendFacts(port.store, facts);
      await foldAll(port);
      const stream = deliveryStream('one', 0);
      const first = { indexes: [[0, 1] as const], contentRevision: 1 };
      const turned = (data: { settled: readonly Entry[]; opened?: typeof first }): Fact => ({
        stream,
        event: { type: 'WindowTurned', data: { epoch: 'e', ...data } },
        second: 1,
      });
      await appendFacts(port.store, [
        turned({ settled: [], opened: first }),
        turned({ settled: [[0, 'sent']] }),
        {
          stream: orderStream('books', '0'),
          event: { type: 'OrderCredited', data: { ...someSale, orderId: '0', index: 1 } },
          second: 1,
        },
      ]);
      const [late] = await verify(port.store, port.models);
      expect(late).toMatchObject({ id: 'one', ok: false });
      expect(late?.differences).toEqual(
        expect.arrayContaining([
          'sent: the events say 1, the read model 0',
          'lane 0: orders of recipients: the events say 1, the read model 0',
        ]),
      );
      await appendFacts(port.store, [turned({ settled: [[0, 'sent']] })]);
      const [illegal] = await verify(port.store, port.models);
      expect(illegal?.differences).toContainEqual(expect.stringContaining(`${stream}@2`));
      await appendFacts(port.store, [
        {
          stream: orderStream('books', '1'),
          event: { type: 'SaleRecorded', data: someSale },
          second: 1,
        },
      ]);
      const [unpaid] = await verify(port.store, port.models);
      expect(unpaid?.differences).toEqual(
        expect.arrayContaining([
          'sales: the events say 1, the read model 0',
          'paid in EUR: the events say 990, the read model nothing',
          'sales of button 1 on telegram: the events say 1, the read model 0',
        ]),
      );
      const deleted = { type: 'BroadcastDeleted', data: { broadcastId: 'one' } } as const;
      await appendFacts(port.store, [
        { stream: broadcastStream('one'), event: deleted, second: 2 },
      ]);
      const [again] = await verify(port.store, port.models);
      expect(again?.differences).toEqual(['it was deleted, yet there is a report']);
    });
  });
};
