import { findBroadcast } from '../api/find-broadcast.ts';
import type { Page, Report, Row } from '../api/shapes.ts';
import { EXIT, WrongUsage } from '../faults.ts';
import { reportText } from '../show/report-text.ts';
import { listText } from '../show/row-text.ts';
import type { Command } from './context.ts';

export interface ListOptions {
  readonly status?: string;
  readonly name?: string;
  readonly channel?: string;
  readonly sort?: string;
  readonly limit: string;
}

const PAGE = 200;

/** `crier list`. */
export const list =
  (options: ListOptions): Command =>
  async ({ api, screen }) => {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new WrongUsage('--limit must be a whole number of at least 1.');
    const { status, name, channel, sort = '-createdAt' } = options;
    const rows: Row[] = [];
    let after: string | undefined;
    do {
      const query = new URLSearchParams({
        sort,
        limit: String(Math.min(limit - rows.length, PAGE)),
      });
      for (const [key, value] of Object.entries({ status, name, channel, after }))
        if (value !== undefined) query.set(key, value);
      const page: Page<Row> = await api.get(`/v1/broadcasts?${query.toString()}`);
      rows.push(...page.items);
      after = page.next;
    } while (after !== undefined && rows.length < limit);
    screen.text(rows.length === 0 ? 'No broadcasts.' : listText(rows));
    if (after !== undefined) screen.note(`There are more; --limit shows them.`);
    screen.document({ items: rows });
    return EXIT.ok;
  };

const CHART = { least: 10, most: 60, besides: 44 };

/** `crier report ID`. */
export const report =
  (meant: string): Command =>
  async ({ api, screen, world }) => {
    const { id } = await findBroadcast(api, meant);
    const found = await api.get<Report>(`/v1/broadcasts/${id}/report`);
    const cells = Math.min(Math.max(world.width - CHART.besides, CHART.least), CHART.most);
    screen.text(reportText(found, cells));
    screen.document(found);
    return EXIT.ok;
  };
