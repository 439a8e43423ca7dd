import type { Contact } from '@crier/contracts';
import type { DatabaseSync } from 'node:sqlite';
import { unpackContact } from './contact-row.ts';
import { rebuiltFacets } from './segment-rebuild.ts';
import { IdList, SegmentReader, type Segment, type Stale } from './segments.ts';

/** Contacts of a segment that is cut in pieces of half as many when it grows longer. At most 65,536. */
export const SEGMENT_CONTACTS = 32_768;

interface Merged {
  readonly ids: readonly string[];
  readonly slots: Int32Array;
  readonly changed: readonly Contact[];
}

const merge = (old: IdList, stale: readonly Stale[]): Merged => {
  const ids: string[] = [];
  const slots: number[] = [];
  const changed: Contact[] = [];
  let position = 0;
  const keepUntil = (end: number): void => {
    for (; position < end; position += 1) {
      ids.push(old.at(position));
      slots.push(position);
    }
  };
  for (const { id, doc } of stale) {
    keepUntil(old.lowerBound(id));
    if (position < old.size && old.at(position) === id) position += 1;
    if (doc === null) continue;
    ids.push(id);
    slots.push(-1 - changed.length);
    changed.push(unpackContact(id, doc));
  }
  keepUntil(old.size);
  return { ids, slots: Int32Array.from(slots), changed };
};

/** Brings the index up to date, one segment at a time; inside a transaction of the caller. */
export class IndexFold {
  readonly #reader: SegmentReader;
  readonly #facets;
  readonly #putFacet;
  readonly #dropFacet;
  readonly #putSegment;
  readonly #addSegment;
  readonly #forget;
  readonly #segmentContacts: number;

  constructor(db: DatabaseSync, segmentContacts: number) {
    this.#segmentContacts = segmentContacts;
    this.#reader = new SegmentReader(db);
    this.#facets = db.prepare('SELECT name, data FROM facet WHERE segment = ?');
    this.#putFacet = db.prepare(`INSERT INTO facet (segment, name, data) VALUES (?, ?, ?)
      ON CONFLICT (segment, name) DO UPDATE SET data = excluded.data`);
    this.#dropFacet = db.prepare('DELETE FROM facet WHERE segment = ? AND name = ?');
    this.#putSegment = db.prepare('UPDATE segment SET size = ?, ids = ? WHERE no = ?');
    this.#addSegment = db.prepare('INSERT INTO segment (low, size, ids) VALUES (?, ?, ?)');
    this.#forget = db.prepare('DELETE FROM stale WHERE id >= ? AND id < ?');
  }

  /** Numbers of all segments, in order. */
  segments(): readonly number[] {
    return this.#reader.from('').map(({ no }) => no);
  }

  /** Folds the segment where an id belongs. */
  foldWhere(id: string): void {
    const segment = this.#reader.from(id)[0];
    if (segment) this.fold(segment.no);
  }

  /** Folds what is stale in one segment; cuts it where it has grown too long. */
  fold(no: number): void {
    const segment = this.#reader.get(no);
    const stale = segment ? this.#reader.stale(segment) : [];
    if (!segment || stale.length === 0) return;

    const merged = merge(this.#reader.ids(segment), stale);
    const rows = this.#facets.all(no) as unknown as readonly { name: string; data: Uint8Array }[];
    const oldFacets = new Map(rows.map(({ name, data }) => [name, data]));
    const { length } = merged.ids;
    const most = this.#segmentContacts;
    const step = length > most ? most / 2 : Math.max(length, 1);
    for (let from = 0; from < Math.max(length, 1); from += step) {
      this.#writePiece(segment, oldFacets, merged, { from, to: Math.min(from + step, length) });
    }
    this.#forget.run(segment.low, segment.high ?? '~');
  }

  #writePiece(
    segment: Segment,
    oldFacets: ReadonlyMap<string, Uint8Array>,
    merged: Merged,
    { from, to }: { readonly from: number; readonly to: number },
  ): void {
    const slots = merged.slots.subarray(from, to);
    const facets = rebuiltFacets({
      oldSize: segment.size,
      oldFacets,
      slots,
      changed: merged.changed,
    });
    const ids = merged.ids.slice(from, to);
    const packedIds = Buffer.from(ids.join(''), 'latin1');
    if (from > 0) {
      const added = this.#addSegment.run(ids[0] ?? '', ids.length, packedIds);
      this.#writeFacets(Number(added.lastInsertRowid), new Map(), facets);
      return;
    }
    this.#putSegment.run(ids.length, packedIds, segment.no);
    this.#writeFacets(segment.no, oldFacets, facets);
  }

  #writeFacets(
    no: number,
    old: ReadonlyMap<string, Uint8Array>,
    facets: ReadonlyMap<string, Uint8Array>,
  ): void {
    for (const name of old.keys()) if (!facets.has(name)) this.#dropFacet.run(no, name);
    for (const [name, data] of facets) {
      const known = old.get(name);
      if (!known || Buffer.compare(known, data) !== 0) this.#putFacet.run(no, name, data);
    }
  }
}
