import type { Position } from '@crier/kernel';
import { asStored, contactIds, randomHistory } from '@crier/statistics/testing';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withServer } from '../../../../../tools/integration.ts';
import { freshDatabase } from '../../test/fresh-database.ts';
import { DyingGate, FreezingGate, gated } from '../../test/gated-db.ts';
import { Steps, stored } from '../../test/steps.ts';
import { MongoReadModelWriter } from './index.ts';

const STEPS = 5;
/** Writes of one step and of what goes before it. */
const MOST_WRITES = 11;
const writes = Array.from({ length: MOST_WRITES }, (_, n) => n + 1);
const steps = new Steps(asStored(randomHistory(7, 3)), STEPS);

withServer('mongodb', (url) => {
  describe('MongoReadModelWriter: steps without transactions', () => {
    let db: Db;
    let drop: () => Promise<void>;
    let writer: MongoReadModelWriter;
    let undisturbed: unknown;

    const positionOf = async (generation: number, told = writer): Promise<Position | undefined> =>
      (await told.generations()).find(({ number }) => number === generation)?.position;

    const started = async (): Promise<{ generation: number; after: Position | undefined }> => {
      const { number: generation } = await writer.begin(1);
      await steps.take(writer.tables(generation), undefined);
      return { generation, after: await positionOf(generation) };
    };

    /** Whoever is there goes on, from where the catalogue says. */
    const goOn = async (generation: number, most = STEPS): Promise<void> => {
      const tables = writer.tables(generation);
      for (let taken = 0; taken < most; taken += 1) {
        const after = await positionOf(generation);
        if (steps.isDone(after)) return;
        await expect(steps.take(tables, after)).resolves.toBe(true);
      }
    };

    beforeAll(async () => {
      ({ db, drop } = await freshDatabase(url));
      writer = new MongoReadModelWriter(db);
      const { generation } = await started();
      await goOn(generation);
      undisturbed = await stored(db, generation);
    });
    afterAll(() => drop());

    it.each(writes.flatMap((n) => [[n, 'before'] as const, [n, 'after'] as const]))(
      'loses and repeats nothing when a writer dies at its write %i, %s it is done',
      async (n, where) => {
        const { generation, after } = await started();
        const gate = new DyingGate(n, where);
        const dying = new MongoReadModelWriter(gated(db, gate)).tables(generation);
        await expect(steps.take(dying, after)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(gate.died).toBe(true);
        await goOn(generation);
        expect(await stored(db, generation)).toEqual(undisturbed);
      },
    );

    it('has no more writes to die at', async () => {
      const { generation, after } = await started();
      const gate = new DyingGate(MOST_WRITES + 1, 'before');
      const living = new MongoReadModelWriter(gated(db, gate)).tables(generation);
      await expect(steps.take(living, after)).resolves.toBe(true);
      expect(gate.died).toBe(false);
    });

    it.each(writes)(
      'is not disturbed by a writer that froze at its write %i and wakes up steps later',
      async (n) => {
        const { generation, after } = await started();
        const gate = new FreezingGate(n);
        const frozen = new MongoReadModelWriter(gated(db, gate)).tables(generation);
        const late = steps.take(frozen, after);
        await gate.frozen;
        await goOn(generation, 2);
        gate.thaw();
        await late.catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'UNAVAILABLE' });
        });
        await goOn(generation);
        expect(await stored(db, generation)).toEqual(undisturbed);
      },
    );

    it('lets one of two racing writers take each step', async () => {
      const small = new Steps(asStored(randomHistory(8, 2)), 40);
      const race = async (generation: number): Promise<number> => {
        const racer = new MongoReadModelWriter(db);
        const tables = racer.tables(generation);
        let won = 0;
        for (;;) {
          const after = await positionOf(generation, racer);
          if (small.isDone(after)) return won;
          const taken = await small.take(tables, after).catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'UNAVAILABLE' });
            return false;
          });
          won += Number(taken);
        }
      };
      const alone = await writer.begin(1);
      const together = await writer.begin(1);
      const all = await race(alone.number);
      const won = await Promise.all([race(together.number), race(together.number)]);
      expect(won[0] + won[1]).toBe(all);
      expect(await stored(db, together.number)).toEqual(await stored(db, alone.number));
    });

    it('never mixes documents of two steps into one fold', async () => {
      const { generation, after } = await started();
      const slow = new MongoReadModelWriter(db);
      const tables = slow.tables(generation);
      const broadcastId = 'story-7-0';
      await slow.generations();
      const before = await tables.mailing(broadcastId);
      await steps.take(writer.tables(generation), after);
      const outrun = { code: 'UNAVAILABLE' };
      await expect(tables.mailing(broadcastId)).rejects.toMatchObject(outrun);
      await expect(tables.mailing(broadcastId)).rejects.toMatchObject(outrun);
      await slow.generations();
      const seen = await tables.mailing(broadcastId);
      expect(seen?.lanes).not.toEqual(before?.lanes);
    });

    it('never folds from a position that another writer left between the look and the fold', async () => {
      const { generation, after } = await started();
      const slow = new MongoReadModelWriter(db);
      await slow.generations();
      await steps.take(writer.tables(generation), after);
      await expect(steps.take(slow.tables(generation), after)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
    });

    it('takes a step larger than one document, and finishes it for one that died', async () => {
      const { number } = await writer.begin(1);
      const contactsOf = contactIds(500);
      const batches = Array.from({ length: 1_500 }, (_, n) => ({
        broadcastId: 'large',
        lane: 0,
        from: n * 500,
        contactIds: contactsOf,
      }));
      const none = { frozen: [], pages: [], hours: [], mailings: [] };
      const changes = { batches, ...none };
      // Two chunks, the decision, and no document any more.
      const gate = new DyingGate(5, 'before');
      const dying = new MongoReadModelWriter(gated(db, gate)).tables(number);
      const step = { after: undefined, position: '1', recordedAt: undefined, changes };
      await expect(dying.commit(step)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      const place = { broadcastId: 'large', lane: 0 };
      await expect(positionOf(number)).resolves.toBe('1');
      await expect(writer.tables(number).lane(place)).resolves.toHaveLength(1_500);
      await expect(db.collection(`places_${number}`).countDocuments()).resolves.toBe(1_500);
    });

    it('drops what a writer of a dropped generation leaves behind', async () => {
      const { generation, after } = await started();
      const gate = new FreezingGate(4);
      const late = steps.take(new MongoReadModelWriter(gated(db, gate)).tables(generation), after);
      await gate.frozen;
      await writer.discard(generation);
      gate.thaw();
      await late.catch(() => undefined);
      const next = await writer.begin(1);
      await writer.discard(next.number);
      const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(
        ({ name }) => name,
      );
      expect(names.filter((name) => name.endsWith(`_${generation}`))).toEqual([]);
      await expect(db.collection('generation_steps').countDocuments({ generation })).resolves.toBe(
        0,
      );
    });
  });
});
