import type { DatabaseSync } from 'node:sqlite';

/** Characters of a contact id; every id has as many, and sorts the same as text and as bytes. */
export const ID_LENGTH = 16;

/** A run of contacts, next to one another in order of id. */
export interface Segment {
  readonly no: number;
  /** The first id that belongs here, and the first that no longer does. */
  readonly low: string;
  readonly high: string | null;
  readonly size: number;
}

/** The ids of a segment, one after another in one text. */
export class IdList {
  readonly #text: string;
  readonly size: number;

  constructor(packed: Uint8Array) {
    this.#text = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString(
      'latin1',
    );
    this.size = packed.byteLength / ID_LENGTH;
  }

  at(position: number): string {
    return this.#text.slice(position * ID_LENGTH, (position + 1) * ID_LENGTH);
  }

  /** The first position whose id is not below `id`. */
  lowerBound(id: string): number {
    let [from, to] = [0, this.size];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.at(middle) < id) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Where an id stands, or undefined. */
  positionOf(id: string): number | undefined {
    const position = this.lowerBound(id);
    return position < this.size && this.at(position) === id ? position : undefined;
  }
}

/** A contact that the index does not show as it is now; `doc` is null for one that is gone. */
export interface Stale {
  readonly id: string;
  readonly doc: string | null;
}

/** Reads segments and their columns. All inside a transaction of the caller. */
export class SegmentReader {
  readonly #segments;
  readonly #one;
  readonly #ids;
  readonly #facet;
  readonly #stale;

  constructor(db: DatabaseSync) {
    const columns = `no, low, size, lead(low) OVER (ORDER BY low) AS high`;
    this.#segments = db.prepare(`SELECT ${columns} FROM segment WHERE low >=
      coalesce((SELECT max(low) FROM segment WHERE low <= ?), '') ORDER BY low`);
    this.#one = db.prepare(`SELECT no, low, size,
      (SELECT min(low) FROM segment AS next WHERE next.low > segment.low) AS high
      FROM segment WHERE no = ?`);
    this.#ids = db.prepare('SELECT ids FROM segment WHERE no = ?');
    this.#facet = db.prepare('SELECT data FROM facet WHERE segment = ? AND name = ?');
    this.#stale = db.prepare(`SELECT stale.id, doc FROM stale
      LEFT JOIN contact ON contact.id = stale.id
      WHERE stale.id >= ? AND stale.id < ? ORDER BY stale.id`);
  }

  /** In order, beginning with the one where `from` belongs. */
  from(from: string): readonly Segment[] {
    return this.#segments.all(from) as unknown as readonly Segment[];
  }

  get(no: number): Segment | undefined {
    return this.#one.get(no) as Segment | undefined;
  }

  ids(segment: Segment): IdList {
    return new IdList(this.packedIds(segment));
  }

  /** The ids of a segment as bytes, one after another in order. */
  packedIds(segment: Segment): Uint8Array {
    const row = this.#ids.get(segment.no) as { ids: Uint8Array } | undefined;
    return row?.ids ?? new Uint8Array();
  }

  facet(segment: Segment, name: string): Uint8Array | undefined {
    const row = this.#facet.get(segment.no, name) as { data: Uint8Array } | undefined;
    return row?.data;
  }

  /** The stale contacts of a segment in order of id. */
  stale(segment: Segment): readonly Stale[] {
    // '~' comes after every character of an id.
    return this.#stale.all(segment.low, segment.high ?? '~') as unknown as readonly Stale[];
  }
}
