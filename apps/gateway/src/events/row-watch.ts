import type { BroadcastRow, ReadModels } from '@crier/statistics';

/** A row that changed, or an id that is listed no more. */
export type Change = { readonly row: BroadcastRow } | { readonly gone: string };

const ACTIVE = ['scheduled', 'preparing', 'sending', 'held'] as const;
const MOST_ACTIVE = 200;
const NEWEST = 100;

/** What changed in some rows since it was asked last. */
export interface RowWatch {
  changes(): Promise<readonly Change[]>;
}

/** Watches one broadcast. */
export class OneRowWatch implements RowWatch {
  readonly #readModels: ReadModels;
  readonly #id: string;
  #last: string | undefined;

  constructor(readModels: ReadModels, id: string) {
    this.#readModels = readModels;
    this.#id = id;
  }

  async changes(): Promise<readonly Change[]> {
    const row = await this.#readModels.row(this.#id);
    const text = JSON.stringify(row ?? null);
    if (text === this.#last) return [];
    this.#last = text;
    return [row ? { row } : { gone: this.#id }];
  }
}

/** Watches the table: everything that is under way, and the newest broadcasts. */
export class TableWatch implements RowWatch {
  readonly #readModels: ReadModels;
  #known: Map<string, string> | undefined;

  constructor(readModels: ReadModels) {
    this.#readModels = readModels;
  }

  async changes(): Promise<readonly Change[]> {
    const rows = await this.#rows();
    const before = this.#known;
    const now = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    const left = [...(before?.keys() ?? [])].filter((id) => !now.has(id));
    const later = await Promise.all(left.map((id) => this.#readModels.row(id)));
    this.#known = now;
    if (!before) return [];
    return [
      ...rows.filter((row) => now.get(row.id) !== before.get(row.id)).map((row) => ({ row })),
      ...later.map((row, index) => (row ? { row } : { gone: left[index] ?? '' })),
    ];
  }

  async #rows(): Promise<readonly BroadcastRow[]> {
    const query = { sort: 'createdAt', descending: true } as const;
    const active = await this.#readModels.list({ ...query, status: ACTIVE, limit: MOST_ACTIVE });
    const newest = await this.#readModels.list({ ...query, limit: NEWEST });
    const rows = [...newest.items, ...active.items];
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }
}
