import type { BroadcastRow, ReadModels } from '@crier/statistics';
import type { ShownRow, ShownRows } from '../broadcasts/shown-rows.ts';

/** A row that changed, or an id that is listed no more. */
export type Change = { readonly row: ShownRow } | { readonly gone: string };

export interface RowWatchDeps {
  readonly readModels: ReadModels;
  readonly shown: ShownRows;
}

const ACTIVE = ['scheduled', 'preparing', 'sending', 'held'] as const;
const MOST_ACTIVE = 200;
const NEWEST = 100;

/** What changed in some rows since it was asked last; all of it again where an answer failed. */
export interface RowWatch {
  changes(): Promise<readonly Change[]>;
}

/** Watches one broadcast. */
export class OneRowWatch implements RowWatch {
  readonly #deps: RowWatchDeps;
  readonly #id: string;
  #last: string | undefined;

  constructor(deps: RowWatchDeps, id: string) {
    this.#deps = deps;
    this.#id = id;
  }

  async changes(): Promise<readonly Change[]> {
    const { readModels, shown } = this.#deps;
    const row = await readModels.row(this.#id);
    const text = JSON.stringify(row ?? null);
    if (text === this.#last) return [];
    const change = row ? { row: await shown.one(row) } : { gone: this.#id };
    this.#last = text;
    return [change];
  }
}

/** Watches the table: everything that is under way, and the newest broadcasts. */
export class TableWatch implements RowWatch {
  readonly #deps: RowWatchDeps;
  #known: Map<string, string> | undefined;

  constructor(deps: RowWatchDeps) {
    this.#deps = deps;
  }

  async changes(): Promise<readonly Change[]> {
    const rows = await this.#rows();
    const before = this.#known;
    const now = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    const changes = before ? await this.#since(before, now, rows) : [];
    this.#known = now;
    return changes;
  }

  async #since(
    before: ReadonlyMap<string, string>,
    now: ReadonlyMap<string, string>,
    rows: readonly BroadcastRow[],
  ): Promise<readonly Change[]> {
    const { readModels, shown } = this.#deps;
    const left = [...before.keys()].filter((id) => !now.has(id));
    const later = await Promise.all(left.map((id) => readModels.row(id)));
    const changed = rows.filter(({ id }) => now.get(id) !== before.get(id));
    const found = [...changed, ...later.filter((row) => row !== undefined)];
    const gone = left.filter((_, index) => later[index] === undefined);
    return [
      ...(await shown.all(found)).map((row) => ({ row })),
      ...gone.map((id) => ({ gone: id })),
    ];
  }

  async #rows(): Promise<readonly BroadcastRow[]> {
    const { readModels } = this.#deps;
    const query = { sort: 'createdAt', descending: true } as const;
    const active = await readModels.list({ ...query, status: ACTIVE, limit: MOST_ACTIVE });
    const newest = await readModels.list({ ...query, limit: NEWEST });
    const rows = [...newest.items, ...active.items];
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }
}
