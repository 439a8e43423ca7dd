import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportStore, type ImportJob } from '../application/import/import-store.ts';

const job = (id: string, more: Partial<ImportJob> = {}): ImportJob => ({
  id,
  name: 'people.csv',
  format: 'csv',
  state: 'running',
  startedAt: '2026-01-01T00:00:00.000Z',
  progress: { rows: 3, created: 1, changed: 1, failed: 1, bytes: 100 },
  ...more,
});

/** The promises of {@link ImportStore}, for every adapter. */
export const describeImportStore = (
  adapter: string,
  open: () => Promise<{ readonly port: ImportStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`ImportStore: ${adapter}`, () => {
    let store: ImportStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ port: store, close } = await open());
    });
    afterAll(() => close());

    it('gives back the newest state of a job', async () => {
      await store.save(job('one'));
      const done = job('one', {
        state: 'done',
        finishedAt: '2026-01-01T00:01:00.000Z',
        report: '/reports/one.csv',
      });
      await store.save(done);
      await expect(store.get('one')).resolves.toEqual(done);
      await expect(store.get('none')).resolves.toBeUndefined();
    });

    it('lists the newest first, at most 100', async () => {
      for (let day = 10; day < 28; day += 1) {
        await store.save(job(`day-${day}`, { startedAt: `2026-02-${day}T00:00:00.000Z` }));
      }
      const ids = (await store.list()).map(({ id }) => id);
      expect(ids.slice(0, 2)).toEqual(['day-27', 'day-26']);
      for (let more = 0; more < 100; more += 1) {
        await store.save(job(`more-${more}`, { startedAt: '2026-03-01T00:00:00.000Z' }));
      }
      await expect(store.list()).resolves.toHaveLength(100);
    });

    it('shows what was running at a crash as failed (interrupted), and leaves the rest', async () => {
      await store.save(job('running'));
      await store.save(job('refused', { state: 'failed', reason: 'UNKNOWN_COLUMN' }));
      expect(await store.interrupt('2026-04-01T00:00:00.000Z')).toBeGreaterThanOrEqual(1);
      await expect(store.get('running')).resolves.toMatchObject({
        state: 'failed',
        reason: 'INTERRUPTED',
        finishedAt: '2026-04-01T00:00:00.000Z',
        progress: { rows: 3 },
      });
      await expect(store.get('refused')).resolves.toMatchObject({ reason: 'UNKNOWN_COLUMN' });
      await expect(store.interrupt('2026-04-02T00:00:00.000Z')).resolves.toBe(0);
    });

    it('leaves alone what was saved a moment ago, where asked to: another process may be at it', async () => {
      await store.save(job('alive'));
      await expect(store.interrupt('2026-04-03T00:00:00.000Z', 60_000)).resolves.toBe(0);
      await expect(store.get('alive')).resolves.toMatchObject({ state: 'running' });
      await expect(store.interrupt('2026-04-03T00:00:00.000Z')).resolves.toBe(1);
    });

    it('is unavailable after it is closed', async () => {
      const other = await open();
      await other.close();
      await expect(other.port.save(job('late'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
};
