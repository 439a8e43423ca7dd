import {
  matches,
  route,
  type AskedAudience,
  type Routed,
  type RoutingTable,
} from '@crier/audience';
import type { Contact } from '@crier/contracts';
import type { DatabaseSync } from 'node:sqlite';
import { clear, positions } from './bits.ts';
import { unpackCoded } from './columns.ts';
import { unpackContact } from './contact-row.ts';
import { CONNECTIONS, connectionsOf } from './facets.ts';
import { FilterEvaluation } from './filter-evaluation.ts';
import { SegmentReader, type IdList, type Segment } from './segments.ts';

/** Whom of one segment an audience's filter finds. */
export interface Hits {
  readonly segment: Segment;
  /** Found by the index: positions, ascending. */
  readonly positions: Uint16Array;
  /** Found by looking at contacts that the index does not show as they are now, in order of id. */
  readonly fresh: readonly Contact[];
}

const NOWHERE: Routed = { excluded: 'no_connection' };

/** Where the contacts of one segment go: one route per distinct set of connections. */
class SegmentRouting {
  readonly #routes: readonly Routed[];
  readonly #codes: Uint8Array | Uint16Array;

  constructor(routes: readonly Routed[], codes: Uint8Array | Uint16Array) {
    this.#routes = routes;
    this.#codes = codes;
  }

  at(position: number): Routed {
    return this.#routes[this.#codes[position] ?? 0] ?? NOWHERE;
  }

  /** How many of these positions take each route. */
  counts(positions: Uint16Array): readonly (readonly [Routed, number])[] {
    const counts = new Uint32Array(this.#routes.length);
    for (const position of positions) {
      const code = this.#codes[position] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return this.#routes.map((routed, code) => [routed, counts[code] ?? 0]);
  }
}

/** The answers to one question about one audience, on one state of the file; inside a transaction of the caller. */
export class AudienceQuery {
  readonly #reader: SegmentReader;
  readonly #audience: AskedAudience;
  readonly #now: string;
  readonly #evaluation: FilterEvaluation;
  readonly #routed = new Map<string | undefined, Routed>();

  constructor(db: DatabaseSync, audience: AskedAudience, now: string) {
    this.#reader = new SegmentReader(db);
    this.#audience = audience;
    this.#now = now;
    this.#evaluation = new FilterEvaluation(audience, now);
  }

  /** Segment by segment in order of id, from the one where `from` belongs. */
  *hits(from: string): Iterable<Hits> {
    for (const segment of this.#reader.from(from)) yield this.#hitsOf(segment);
  }

  ids(segment: Segment): IdList {
    return this.#reader.ids(segment);
  }

  /** Where the contacts of a segment go. */
  routing(segment: Segment, table: RoutingTable): SegmentRouting {
    const facet = this.#reader.facet(segment, CONNECTIONS);
    const { values, codes } = unpackCoded<string>(facet, segment.size);
    const routes = [undefined, ...Array.from(values)].map((one) => this.#routeOf(one, table));
    return new SegmentRouting(routes, codes);
  }

  route(contact: Contact, table: RoutingTable): Routed {
    return route(contact, this.#audience.route, table);
  }

  #routeOf(signature: string | undefined, table: RoutingTable): Routed {
    const known = this.#routed.get(signature);
    if (known) return known;
    const routed = route({ connections: connectionsOf(signature) }, this.#audience.route, table);
    this.#routed.set(signature, routed);
    return routed;
  }

  #hitsOf(segment: Segment): Hits {
    const bits = this.#evaluation.bits({
      size: segment.size,
      facet: (name) => this.#reader.facet(segment, name),
      ids: () => this.#reader.packedIds(segment),
    });
    const stale = this.#reader.stale(segment);
    if (stale.length === 0) return { segment, positions: positions(bits), fresh: [] };

    const ids = this.#reader.ids(segment);
    const fresh: Contact[] = [];
    for (const { id, doc } of stale) {
      const position = ids.positionOf(id);
      if (position !== undefined) clear(bits, position);
      if (doc === null) continue;
      const contact = unpackContact(id, doc);
      if (matches(contact, this.#audience, this.#now)) fresh.push(contact);
    }
    return { segment, positions: positions(bits), fresh };
  }
}
