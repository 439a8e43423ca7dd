import { describe, expect, it } from '@jest/globals';
import type { Page, RecipientQuery, RecipientRow } from '@crier/statistics';
import { exportRecipients } from './recipient-export.ts';

const PAGES = 5;

/** Everything is there at once: nothing that is asked has to wait. */
const ready = {
  recipients: (_id: string, { after }: RecipientQuery): Promise<Page<RecipientRow>> => {
    const next = Number(after ?? 0) + 1;
    const items = [{ contactId: `c${next}`, receipts: [] }] as unknown as readonly RecipientRow[];
    return Promise.resolve({ items, ...(next === PAGES ? {} : { next: String(next) }) });
  },
};

describe('the export of recipients', () => {
  it.each(['csv', 'ndjson'] as const)(
    'gives whatever is due its turn behind every page (%s)',
    async (format) => {
      let turns = 0;
      const count = (): void => {
        turns += 1;
        counting = setImmediate(count);
      };
      let counting = setImmediate(count);
      const pages: string[] = [];
      for await (const page of exportRecipients(ready, 'b', {}, format)) pages.push(page);
      clearImmediate(counting);
      expect(pages.join('')).toContain(`c${PAGES}`);
      expect(turns).toBeGreaterThanOrEqual(PAGES - 1);
    },
  );
});
