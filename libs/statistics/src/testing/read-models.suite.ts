import { describe, expect, it } from '@jest/globals';
import { behaviourSuite } from './behaviour.suite.ts';
import { foldingSuite } from './folding.suite.ts';
import type { OpenReadModels } from './opened-read-models.ts';
import { readingSuite } from './reading.suite.ts';

/** What every adapter of the read models promises, on both sides. `open` gives empty ones, and an empty event store. */
export const describeReadModels = (adapter: string, open: OpenReadModels): void => {
  describe(`ReadModels: ${adapter}`, () => {
    readingSuite(open);
    behaviourSuite(open);
    foldingSuite(open);

    it('answers before anything was ever folded', async () => {
      const { port, close } = await open();
      const { models } = port;
      await expect(models.list({ sort: 'name', descending: true, limit: 1 })).resolves.toEqual({
        items: [],
      });
      await expect(models.row('x')).resolves.toBeUndefined();
      await expect(models.deliveries('x', { limit: 1 })).resolves.toEqual({ items: [] });
      await expect(models.deliveriesAt('bot', ['x'], 1)).resolves.toEqual(new Map());
      await expect(models.progress()).resolves.toEqual([]);
      await close();
    });
  });
};
