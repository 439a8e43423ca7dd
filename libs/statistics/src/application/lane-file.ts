import { IllegalHistory } from '@crier/kernel';
import type { RecipientPage } from '../domain/recipient-page.ts';
import type { LaneBatch, PagePlace } from './read-model-writer.ts';
import type { Recent } from './recent.ts';

/** A page with its place, as it is kept at hand. */
export interface OpenPage extends PagePlace {
  readonly page: RecipientPage;
}

/** Which page of a lane holds which recipient. */
export class LaneFile implements PagePlace {
  readonly broadcastId: string;
  readonly lane: number;
  readonly #pages: Recent<OpenPage>;
  readonly #froms: number[];
  #end: number;
  /** The page of the last look: neighbours follow one another. */
  #last: RecipientPage | undefined;

  constructor(place: PagePlace, batches: readonly LaneBatch[], pages: Recent<OpenPage>) {
    this.broadcastId = place.broadcastId;
    this.lane = place.lane;
    this.#pages = pages;
    this.#froms = batches.map(({ from }) => from);
    const last = batches.at(-1);
    this.#end = last ? last.from + last.size : 0;
  }

  /** A new page follows the last one. @throws IllegalHistory for a gap */
  add(page: RecipientPage): void {
    if (page.from !== this.#end)
      throw new IllegalHistory('A batch does not follow the one before it', {
        broadcastId: this.broadcastId,
        lane: this.lane,
        from: page.from,
        expected: this.#end,
      });
    this.#froms.push(page.from);
    this.#end += page.size;
    this.put(page);
    this.#pages.touch(this.#key(page.from));
  }

  put(page: RecipientPage): void {
    const { broadcastId, lane } = this;
    this.#pages.put(this.#key(page.from), { broadcastId, lane, page });
  }

  /** The page of a recipient, about to be changed. @throws IllegalHistory outside the lane */
  page(index: number): RecipientPage {
    if (this.#last?.holds(index)) return this.#last;
    const key = this.#key(this.#fromOf(index));
    const open = this.#pages.get(key);
    if (!open?.page.holds(index)) return this.#outside(index);
    this.#pages.touch(key);
    this.#last = open.page;
    return open.page;
  }

  /** Every page of the lane, about to be changed. */
  *all(): Iterable<RecipientPage> {
    for (const from of this.#froms) yield this.page(from);
  }

  /** The beginnings of the pages that are not at hand: of these recipients, or of all. */
  missing(indexes: Iterable<number> | 'all'): readonly number[] {
    if (indexes === 'all') return this.#froms.filter((from) => !this.#pages.has(this.#key(from)));
    const froms = new Set<number>();
    let from = -1;
    let until = -1;
    for (const index of indexes) {
      if (index >= from && index < until) continue;
      const at = this.#slotOf(index);
      from = this.#froms[at] ?? 0;
      until = this.#froms[at + 1] ?? this.#end;
      froms.add(from);
    }
    return [...froms].filter((start) => !this.#pages.has(this.#key(start)));
  }

  /** What is at hand may be let go: look every page up again. */
  forget(): void {
    this.#last = undefined;
  }

  #key(from: number): string {
    return `${this.broadcastId}/${this.lane}/${from}`;
  }

  #fromOf(index: number): number {
    return this.#froms[this.#slotOf(index)] ?? 0;
  }

  /** The last page that begins at or before the index. */
  #slotOf(index: number): number {
    if (!(index >= 0 && index < this.#end)) return this.#outside(index);
    let low = 0;
    let high = this.#froms.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#froms[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #outside(index: number): never {
    const { broadcastId, lane } = this;
    throw new IllegalHistory('A recipient that was never planned', { broadcastId, lane, index });
  }
}
