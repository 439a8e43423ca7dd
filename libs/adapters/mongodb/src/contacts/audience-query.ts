import {
  matches,
  route,
  type AskedAudience,
  type AudienceCount,
  type Routed,
  type RoutingTable,
  type ScanPage,
} from '@crier/audience';
import type { Contact } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import type { Document, Filter } from 'mongodb';
import type { ContactCollection } from './contact-collection.ts';
import { contactOf, routable, type ContactDocument } from './contact-document.ts';
import { boundsOf, isExact, type Documents } from './filter-query.ts';
import { Tally } from './tally.ts';

/** A few hundred kilobytes an answer. */
const BATCH_CONTACTS = 2_000;

const ROUTE_FIELDS: Document = { ways: 1 };

const FILTER_FIELDS: Document = {
  keys: 0,
  externalId: 0,
  firstName: 0,
  lastName: 0,
  zone: 0,
  ranges: 0,
};

interface Slice {
  readonly after: string | undefined;
  readonly limit: number;
}

/** A part of the candidates: whom the filter finds of them, and where the next part begins. */
interface Part {
  readonly found: readonly ContactDocument[];
  readonly lookedTo: string | undefined;
  readonly done: boolean;
}

/** An audience asked of MongoDB as far as it can say what the filter means; the domain's own rule looks at the rest. */
export class AudienceQuery {
  readonly #contacts: ContactCollection;
  readonly #audience: AskedAudience;
  readonly #now: Instant;
  readonly #candidates: Documents;
  readonly #isExact: boolean;

  constructor(contacts: ContactCollection, audience: AskedAudience, now: Instant) {
    const bounds = boundsOf(audience, now);
    this.#contacts = contacts;
    this.#audience = audience;
    this.#now = now;
    this.#candidates = bounds.possible;
    this.#isExact = isExact(bounds);
  }

  /** How many go where. Counted by the server where it knows whom the filter finds, else streamed through. */
  async count(table: RoutingTable): Promise<AudienceCount> {
    const tally = new Tally();
    if (this.#candidates === 'none') return tally.count(table);
    if (this.#isExact) await this.#countGroups(tally, table);
    else await this.#countEach(tally, table);
    return tally.count(table);
  }

  /** The next candidates in order of id, routed; `limit` of them at most. */
  async scan(table: RoutingTable, slice: Slice): Promise<ScanPage> {
    const { found, lookedTo, done } = await this.#part(slice, this.#fields());
    const tally = new Tally();
    const contactIds: string[] = [];
    const botIds: string[] = [];
    for (const document of found) {
      const routed = this.#route(document.ways, table);
      tally.add(routed);
      if (!('botId' in routed)) continue;
      contactIds.push(document._id);
      botIds.push(routed.botId);
    }
    return { contactIds, botIds, excluded: tally.excluded, scannedTo: lookedTo, done };
  }

  /** The next `limit` contacts that the filter finds, and whether these are the last. */
  async list({ after, limit }: Slice): Promise<{ items: readonly Contact[]; done: boolean }> {
    const items: Contact[] = [];
    const most = this.#isExact ? { limit: limit + 1 } : {};
    for await (const document of this.#stream({ after, ...most }, {})) {
      if (!this.#finds(document)) continue;
      if (items.length === limit) return { items, done: false };
      items.push(contactOf(document));
    }
    return { items, done: true };
  }

  async #part({ after, limit }: Slice, fields: Document): Promise<Part> {
    const found: ContactDocument[] = [];
    let looked = 0;
    let lookedTo: string | undefined;
    for await (const document of this.#stream({ after, limit: limit + 1 }, fields)) {
      if (looked === limit) return { found, lookedTo, done: false };
      looked += 1;
      lookedTo = document._id;
      if (this.#finds(document)) found.push(document);
    }
    return { found, lookedTo, done: true };
  }

  async *#stream(
    slice: { readonly after: string | undefined; readonly limit?: number },
    fields: Document,
  ): AsyncIterable<ContactDocument> {
    if (this.#candidates === 'none') return;
    const { after, limit = 0 } = slice;
    const asked = [this.#query(), ...(after === undefined ? [] : [{ _id: { $gt: after } }])];
    yield* this.#contacts
      .find({ $and: asked })
      .project<ContactDocument>(fields)
      .sort({ _id: 1 })
      .limit(limit)
      .batchSize(BATCH_CONTACTS);
  }

  async #countGroups(tally: Tally, table: RoutingTable): Promise<void> {
    const groups = this.#contacts.aggregate<{ readonly _id: string; readonly contacts: number }>([
      { $match: this.#query() },
      { $group: { _id: '$ways', contacts: { $sum: 1 } } },
    ]);
    for await (const { _id: ways, contacts } of groups) {
      tally.add(this.#route(ways, table), contacts);
    }
  }

  async #countEach(tally: Tally, table: RoutingTable): Promise<void> {
    for await (const document of this.#stream({ after: undefined }, this.#fields())) {
      if (this.#finds(document)) tally.add(this.#route(document.ways, table));
    }
  }

  #query(): Filter<ContactDocument> {
    return typeof this.#candidates === 'string' ? {} : this.#candidates;
  }

  #fields(): Document {
    return this.#isExact ? ROUTE_FIELDS : FILTER_FIELDS;
  }

  #finds(document: ContactDocument): boolean {
    return this.#isExact || matches(contactOf(document), this.#audience, this.#now);
  }

  #route(ways: string, table: RoutingTable): Routed {
    return route(routable(ways), this.#audience.route, table);
  }
}
