import { describe, expect, it } from '@jest/globals';
import type { Stage } from './stage.ts';

/** What every connector promises about content that is just within the channel's limits, and just beyond. */
export const limitsSuite = (stage: Stage): void => {
  const { limits } = stage.facts;

  describe('a limit', () => {
    it.each(limits)('is kept by $most $title, which are taken', async ({ most, content }) => {
      expect(stage.connector.check(content(most))).toEqual([]);
      for (const result of await stage.send(content(most)))
        expect(result).toMatchObject({ result: 'accepted' });
    });

    it.each(limits)('of $most $title is not kept by one more', ({ most, content, problem }) => {
      const found = stage.connector.check(content(most + 1));
      expect(found.map(({ path, code }) => [path, code])).toEqual([problem]);
    });
  });
};
